import { linkSync, readFileSync, renameSync, rmSync, writeFileSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * A lock is a file that names its holder; it is free again when the holder no longer runs.
 * Plain JavaScript because the install step needs it under any Node from 20 on.
 *
 * @param {string} file
 * @param {object} [about] kept beside the pid, for whoever finds the lock taken
 * @returns {{ taken: true, release(): void, update(about: object): void } | { taken: false, pid: number, about: object }}
 */
export function tryLock(file, about = {}) {
  mkdirSync(dirname(file), { recursive: true });
  const own = `${file}.${process.pid}`;
  const write = (more) =>
    writeFileSync(own, JSON.stringify({ pid: process.pid, started: startOf(process.pid), about: more }));
  for (let attempt = 0; attempt < 20; attempt++) {
    write(about);
    try {
      linkSync(own, file);
      rmSync(own);
      return {
        taken: true,
        release: () => rmSync(file, { force: true }),
        update: (more) => {
          write(more);
          renameSync(own, file);
        },
      };
    } catch (error) {
      rmSync(own, { force: true });
      if (error.code !== 'EEXIST') throw error;
    }
    const holder = read(file);
    if (holder !== undefined && startOf(holder.pid) === holder.started) {
      return { taken: false, pid: holder.pid, about: holder.about };
    }
    dropStale(file, holder);
  }
  throw new Error(`cannot take the lock ${file}`);
}

/**
 * Waits for a lock; `onWait` is called once when it has to.
 *
 * @param {string} file
 * @param {() => void} [onWait]
 */
export async function waitForLock(file, onWait) {
  for (let waited = false; ; waited = true) {
    const lock = tryLock(file);
    if (lock.taken) return lock;
    if (!waited) onWait?.();
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** Moves a stale lock away; puts it back when another process renewed it in between. */
function dropStale(file, holder) {
  const aside = `${file}.stale-${process.pid}`;
  try {
    renameSync(file, aside);
    if (JSON.stringify(read(aside)) !== JSON.stringify(holder)) linkSync(aside, file);
  } catch {
    // Somebody else was faster; the next attempt sees what is there now.
  }
  rmSync(aside, { force: true });
}

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/**
 * Boot and start time of a process; on systems without /proc only that it runs. Undefined when it does not.
 *
 * @param {number} pid
 */
export function startOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z') return undefined;
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}:${fields[19]}`;
  } catch {
    if (process.platform === 'linux') return undefined;
  }
  try {
    process.kill(pid, 0);
    return 'running';
  } catch {
    return undefined;
  }
}
