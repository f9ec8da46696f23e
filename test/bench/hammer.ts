import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export interface Load {
  readonly address: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly connections: number;
  /** Requests under way on each connection. */
  readonly pipelined: number;
  readonly forMs: number;
}

/**
 * Asks for one address over and over and counts whole answers a second. An answer is known by its length, which must
 * not vary, so that the client costs next to nothing beside the server.
 */
export async function hammer(load: Load): Promise<number> {
  const { hostname, port, host } = new URL(load.address);
  const lines = Object.entries({ host, ...load.headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  const request = Buffer.from(`GET ${load.path} HTTP/1.1\r\n${lines.join('')}\r\n`);
  const sockets = await Promise.all(
    Array.from({ length: load.connections }, async () => {
      const socket = connect(Number(port), hostname).setNoDelay(true);
      await once(socket, 'connect');
      return socket;
    }),
  );
  try {
    const length = await answerLength(sockets[0]!, request);
    const counts = sockets.map((socket) => keepAsking(socket, request, length, load.pipelined));
    const since = performance.now();
    await new Promise((resolve) => setTimeout(resolve, load.forMs));
    return counts.reduce((sum, count) => sum + count(), 0) / ((performance.now() - since) / 1_000);
  } finally {
    for (const socket of sockets) socket.destroy();
  }
}

/** Asks once: bytes of the whole answer. */
async function answerLength(socket: Socket, request: Buffer): Promise<number> {
  socket.write(request);
  let text = '';
  for (;;) {
    const [chunk] = (await once(socket, 'data')) as [Buffer]; // oxlint-disable-line typescript/no-unsafe-type-assertion
    text += chunk.toString('latin1');
    const end = text.indexOf('\r\n\r\n') + 4;
    if (end < 4) continue;
    if (!text.startsWith('HTTP/1.1 200')) throw new Error(text.slice(0, 500));
    const length = end + Number(/content-length: (\d+)/i.exec(text)?.[1]);
    if (text.length >= length) return length;
  }
}

/** @returns how many answers came so far */
function keepAsking(socket: Socket, request: Buffer, length: number, pipelined: number): () => number {
  let [answered, bytes] = [0, 0];
  socket.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    const whole = Math.floor(bytes / length);
    if (whole === 0) return;
    bytes -= whole * length;
    answered += whole;
    socket.write(Buffer.concat(Array<Buffer>(whole).fill(request)));
  });
  socket.write(Buffer.concat(Array<Buffer>(pipelined).fill(request)));
  return () => answered;
}
