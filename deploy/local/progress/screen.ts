import { clearInterval, setInterval } from 'node:timers';

export interface Screen {
  /** A line that stays. */
  line(text?: string): void;
  /** Shows `name` as being worked on until the work ends, then one line with its time. */
  stage<T>(name: string, work: Promise<T>, done?: (result: T) => string): Promise<T>;
  /** Text of the last line of a terminal, instead of the stages; '' for none. */
  status(text: string): void;
  close(): void;
}

/**
 * Writes progress for people. On a terminal the last line shows what is being worked on; elsewhere a stage that takes
 * long is named once, so that a log stays readable.
 */
export function createScreen(out: NodeJS.WriteStream, working: (names: string) => string): Screen {
  const terminal = out.isTTY;
  const running = new Map<string, number>();
  let own = '';
  out.on('error', () => {});
  const redraw = (): void => {
    if (!terminal) return;
    const text = own || (running.size > 0 ? working([...running.keys()].join(', ')) : '');
    out.write(`\r\u001B[2K${text.slice(0, Math.max(20, (out.columns || 80) - 1))}`);
  };
  const line = (text = ''): void => {
    out.write(terminal ? `\r\u001B[2K${text}\n` : `${text}\n`);
    redraw();
  };
  const named = new Set<string>();
  const timer = setInterval(() => {
    if (terminal) return;
    for (const [name, since] of running) {
      if (Date.now() - since < 5000 || named.has(name)) continue;
      named.add(name);
      line(`  ${working(name)}`);
    }
  }, 1000);
  return {
    line,
    async stage(name, work, done = () => name) {
      const since = Date.now();
      running.set(name, since);
      redraw();
      try {
        const result = await work;
        running.delete(name);
        line(`  ✓ ${done(result)}  ${((Date.now() - since) / 1000).toFixed(1)} s`);
        return result;
      } finally {
        running.delete(name);
        redraw();
      }
    },
    status(text) {
      own = text;
      redraw();
    },
    close() {
      clearInterval(timer);
      own = '';
      running.clear();
      redraw();
    },
  };
}
