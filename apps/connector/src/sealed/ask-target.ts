import { cutText, run, sql, type Executor } from '#platform';
import { credentialsRefused, TargetError, type Driver } from '#targets';
import { recalled, say, type Sentence } from '#words';

/** What only the target itself knows. */
export type Asked =
  /** Whose records have which of the codes that were asked for. */
  | { readonly is: 'answered'; readonly taken: ReadonlyMap<string, string> }
  /** It would take nothing of us: our credentials, a permission, what it lacks. */
  | { readonly is: 'refuses'; readonly reason: Sentence | string; readonly aboutSystem: boolean }
  /** Nobody knows what it would say. */
  | { readonly is: 'silent'; readonly reason: Sentence | string; readonly aboutSystem: boolean };

/** A target with more records is not read to its end. */
const mostRecords = 20_000;
const longestReason = 500;

/**
 * Asks a target whether it lets us do what we need and, where two records may not carry one code and its driver can list,
 * which codes somebody else's records have. Nothing is changed there.
 * @param codes that are to be given to records of ours
 * @param signal of the time that the target has
 */
export async function askTarget(
  executor: Executor,
  targetId: string,
  driver: Driver,
  codes: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<Asked> {
  const holders = await findHolders(driver, codes, signal);
  if ('is' in holders) return holders;
  return { is: 'answered', taken: await withoutOurs(executor, targetId, holders) };
}

const late = { is: 'silent', reason: say`it did not answer in time`, aboutSystem: false } as const;
const tooMany = {
  ...late,
  reason: say`it holds more than ${mostRecords} records, so nobody looked which codes are taken`,
} as const;

function judge(
  refusal: NonNullable<Awaited<ReturnType<Driver['probe']>>>,
): Exclude<Asked, { is: 'answered' }> {
  const is = refusal.is === 'rejected' || credentialsRefused(refusal) ? 'refuses' : 'silent';
  const aboutSystem =
    refusal.is === 'slow-down' || (refusal.is === 'failing' && refusal.aboutSystem === true);
  return { is, reason: said(refusal.reason), aboutSystem };
}

const said = (reason: string): Sentence => recalled(cutText(reason, longestReason));

/** @returns external ids by code; or why they are not known */
async function findHolders(
  driver: Driver,
  codes: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<Map<string, string> | Exclude<Asked, { is: 'answered' }>> {
  const refusal = await driver.probe(signal);
  if (signal.aborted) return late;
  if (refusal) return judge(refusal);
  const { canList, uniqueCodes, onlyNamesAreUnique } = driver.capabilities;
  const holders = new Map<string, string>();
  if (codes.size === 0 || !canList || !uniqueCodes || onlyNamesAreUnique) return holders;
  try {
    let read = 0;
    for await (const page of driver.list(signal)) {
      read += page.length;
      if (read > mostRecords) return tooMany;
      for (const { externalId, content } of page)
        if (codes.has(content.code)) holders.set(content.code, externalId);
    }
    return holders;
  } catch (error) {
    if (!(error instanceof TargetError)) throw error;
    return signal.aborted ? late : { ...late, reason: said(error.answer.reason) };
  }
}

/** A record of ours that has a code frees it before another one takes it. */
async function withoutOurs(
  executor: Executor,
  targetId: string,
  holders: ReadonlyMap<string, string>,
): Promise<Map<string, string>> {
  const ours = await run<{ id: string }>(
    executor,
    sql`select external_id as id from link
        where target_id = ${targetId} and external_id = any(${[...holders.values()]}::text[]) and state <> 'deleted'`,
  );
  const isOurs = new Set(ours.map(({ id }) => id));
  return new Map([...holders].filter(([, externalId]) => !isOurs.has(externalId)));
}
