import { fromNothing, oneRecordACall } from './connector-scale/from-nothing.ts';
import { manyTargets } from './connector-scale/many-targets.ts';
import { oneRecordOfCmis } from './connector-scale/real-server.ts';
import { openStand } from './connector-scale/stand.ts';

/**
 * The connector with many targets: real connector processes and a real Postgres that syncs to disk, a CRM server in a
 * process of its own, no broker (revisions are put into the replica).
 * `node test/bench/connector-scale.ts [targets] [nothing] [one] [real] [many]`; all parts where none is named.
 */
const [first = '', ...rest] = process.argv.slice(2);
const many = Number(first) || 10_000;
const named = Number(first) ? rest : process.argv.slice(2);
const isWanted = (part: string): boolean => named.length === 0 || named.includes(part);

const stand = await openStand();
try {
  if (isWanted('nothing')) await fromNothing(stand);
  if (isWanted('one')) await oneRecordACall(stand);
  if (isWanted('real')) await oneRecordOfCmis(stand);
  if (isWanted('many')) await manyTargets(stand, many);
} finally {
  await stand.close();
}
