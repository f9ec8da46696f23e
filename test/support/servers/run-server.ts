import { join } from 'node:path';
import { createGuard } from '../../../deploy/local/processes/guard.ts';
import { freePort } from '../../../deploy/local/processes/free-port.ts';
import { lastLines } from '../../../deploy/local/processes/run-command.ts';
import { startLogged } from '../../../deploy/local/processes/start-logged.ts';
import { stopProcess } from '../../../deploy/local/processes/stop-process.ts';
import { waitUntil } from '../../../deploy/local/processes/wait-until.ts';

export interface ServerProcess {
  readonly port: number;
  readonly pid: number;
  stop(): Promise<void>;
}

export interface ServerCommand {
  readonly name: string;
  readonly directory: string;
  readonly command: string;
  readonly args: (port: number) => string[];
  /** Asks the started server whether it answers. */
  readonly isReady: (port: number) => Promise<boolean>;
  readonly port?: number;
}

/**
 * Starts a server on a free port (or the one given) of 127.0.0.1 and returns when it answers.
 * It cannot outlive this process. Throws with the last lines of its log when it is not ready after 30 s.
 */
export async function runServer(server: ServerCommand): Promise<ServerProcess> {
  const port = server.port ?? (await freePort());
  const log = join(server.directory, `${server.name}-${port}.log`);
  const child = await startLogged({
    command: server.command,
    args: server.args(port),
    cwd: server.directory,
    log,
  });
  const guard = createGuard();
  const guarded = guard.add(server.name, child.pid, { signal: 'SIGTERM', graceMs: 3000, order: 0 });
  const stop = async (): Promise<void> => {
    await stopProcess(guarded);
    guard.close();
  };
  const ended = (): boolean => child.exitCode !== null || child.signalCode !== null;
  await waitUntil(async () => ended() || (await server.isReady(port)), 30_000, { everyMs: 50 });
  if (ended() || !(await server.isReady(port))) {
    await stop();
    throw new Error(`${server.name} did not start:\n${lastLines(log)}`);
  }
  return { port, pid: child.pid, stop };
}

/** True when the address answers HTTP with this status. */
export async function answers(address: string, status: number): Promise<boolean> {
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(1000) });
    await response.arrayBuffer();
    return response.status === status;
  } catch {
    return false;
  }
}
