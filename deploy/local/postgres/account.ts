import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';

/** How to run Postgres, which refuses to run as root. */
export interface Account {
  readonly uid?: number;
  readonly gid?: number;
  /** Turns a command into one that runs under the account. */
  wrap(command: string, args: readonly string[]): { command: string; args: string[] };
}

/**
 * As a person: that person. As root: the owner of existing data, else the user `postgres`, else `nobody`; with the one
 * capability to pass closed folders on the way to the data (a checkout in /root or in a folder of mktemp).
 */
export function accountFor(dataDirectory: string): Account {
  if (process.getuid?.() !== 0) return { wrap: (command, args) => ({ command, args: [...args] }) };
  const { uid, gid } = ownerOf(dataDirectory) ?? userNamed('postgres') ?? userNamed('nobody') ?? refuse();
  const capability = '-all,+dac_override';
  return {
    uid,
    gid,
    wrap: (command, args) => ({
      command: 'setpriv',
      args: [
        `--reuid=${uid}`,
        `--regid=${gid}`,
        '--clear-groups',
        // Else access(2), by which initdb looks for its binaries, would not count the capability.
        '--securebits=+no_setuid_fixup',
        `--inh-caps=${capability}`,
        `--ambient-caps=${capability}`,
        command,
        ...args,
      ],
    }),
  };
}

function ownerOf(directory: string): { uid: number; gid: number } | undefined {
  const found = statSync(directory, { throwIfNoEntry: false });
  return found === undefined || found.uid === 0 ? undefined : { uid: found.uid, gid: found.gid };
}

function userNamed(name: string): { uid: number; gid: number } | undefined {
  const [uid, gid] = ['-u', '-g'].map((flag) => {
    const answer = spawnSync('id', [flag, name], { encoding: 'utf8' });
    return answer.status === 0 ? Number(answer.stdout) : undefined;
  });
  return uid === undefined || gid === undefined ? undefined : { uid, gid };
}

function refuse(): never {
  throw new Error('Postgres cannot run as root and this machine has neither the user postgres nor nobody');
}
