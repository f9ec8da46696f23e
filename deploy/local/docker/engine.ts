import { spawn } from 'node:child_process';
import { track } from '../processes/short-lived.ts';

/** True when a Docker engine answers within a second. */
export async function engineAnswers(): Promise<boolean> {
  return succeeds(['version', '--format', '{{.Server.Version}}'], 1000);
}

/** True when the engine holds the image or can pull it within `withinMs`. */
export async function hasImage(image: string, withinMs = 180_000): Promise<boolean> {
  return (
    (await succeeds(['image', 'inspect', image], 5000)) || succeeds(['pull', '--quiet', image], withinMs)
  );
}

/** Runs `docker` with these arguments; true when it ends well in time. */
export function succeeds(args: readonly string[], withinMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const child = track(spawn('docker', args, { stdio: 'ignore', timeout: withinMs, killSignal: 'SIGKILL' }));
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
  });
}
