import { readFileSync } from 'node:fs';

/**
 * Calls back once when the process that started this one has died. npm starts scripts through a shell that outlives it,
 * so the shell's own parent is watched too. Answers a function that ends the watch.
 *
 * @param {() => void} onDeath
 */
export function onParentDeath(onDeath) {
  const parent = process.ppid;
  const throughShell = process.env.npm_lifecycle_event !== undefined && isShell(parent);
  const grandparent = throughShell ? parentOf(parent) : undefined;
  const timer = setInterval(() => {
    if (process.ppid === parent && (grandparent === undefined || parentOf(parent) === grandparent)) return;
    clearInterval(timer);
    onDeath();
  }, 500);
  timer.unref();
  return () => clearInterval(timer);
}

function isShell(pid) {
  return /^(ba|da|a|z)?sh$/.test(procFile(pid, 'comm').trim());
}

function parentOf(pid) {
  const stat = procFile(pid, 'stat');
  return stat === '' ? undefined : stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1];
}

function procFile(pid, name) {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return '';
  }
}
