import { homeDirectory } from '../state/home.ts';
import { readRunFile, type RunFile } from '../state/run-file.ts';

/** Runs one command against the Mappa of this clone; a failure is told in its own words, and ends with 1, or 2 when nothing runs here. */
export async function runDemo(command: (addresses: RunFile['addresses']) => Promise<void>): Promise<void> {
  const running = readRunFile(homeDirectory(process.env));
  if (!running) {
    console.error('Mappa is not running here. Start it with: npm start');
    process.exitCode = 2;
    return;
  }
  try {
    await command(running.addresses);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
