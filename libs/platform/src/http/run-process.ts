import type { Logger } from '../logging.ts';
import type { HttpApp } from './create-http-app.ts';

const longestStopMs = 5_000;

/**
 * Starts the app and gives it the process: SIGTERM or SIGINT (or the end of stdin, with STOP_WHEN_STDIN_CLOSES=1,
 * for a parent that may die without a word) stop it within 5 s; an error that nobody caught ends it with status 1.
 * @returns the address, once it listens
 */
export async function runProcess(app: Pick<HttpApp, 'start' | 'stop'>, logger: Logger): Promise<string> {
  let stopping = false;
  const stop = async (reason: string, status: number): Promise<void> => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => {
      logger.error('stopping took too long');
      process.exit(1);
    }, longestStopMs).unref();
    logger.info({ reason }, 'stopping');
    await app.stop().catch((error: unknown) => logger.error({ err: error }, 'stopping failed'));
    process.exit(status);
  };
  const crash = (error: unknown): void => {
    logger.fatal({ err: error }, 'an error that nobody caught');
    void stop('crash', 1);
  };
  process.on('SIGTERM', () => void stop('SIGTERM', 0));
  process.on('SIGINT', () => void stop('SIGINT', 0));
  process.on('uncaughtException', crash);
  process.on('unhandledRejection', crash);
  if (process.env['STOP_WHEN_STDIN_CLOSES'] === '1') {
    process.stdin.on('end', () => void stop('the parent is gone', 0)).on('error', () => undefined);
    process.stdin.resume();
  }
  try {
    const address = await app.start();
    logger.info({ address }, 'listening');
    return address;
  } catch (error) {
    logger.fatal({ err: error }, 'cannot start');
    await stop('cannot start', 1);
    throw error;
  }
}
