import type { Server } from 'node:http';

/** Closes; connections that are still open after `graceMs` (long polls, downloads) are cut. */
export async function closeWithin(
  graceMs: number,
  close: () => Promise<void>,
  server: Server,
): Promise<void> {
  const cut = setTimeout(() => server.closeAllConnections(), graceMs);
  try {
    await close();
  } finally {
    clearTimeout(cut);
  }
}
