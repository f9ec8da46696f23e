import { onParentDeath } from './parent-watch.mjs';

/** One Ctrl-C can arrive twice: from the terminal and passed on by the process that started this one. */
const sameRequestMs = 500;

/** Resolves at Ctrl-C, SIGTERM, SIGHUP or the death of the parent; a second Ctrl-C forces the end of this process. */
export function onStopRequest(force: () => void): Promise<'requested'> {
  return new Promise((resolve) => {
    let first: number | undefined;
    const request = (signal: string): void => {
      first ??= Date.now();
      resolve('requested');
      if (signal !== 'SIGINT' || Date.now() - first < sameRequestMs) return;
      force();
      process.exit(130);
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, request);
    onParentDeath(() => request('parent'));
  });
}
