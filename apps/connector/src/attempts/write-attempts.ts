import { cutText, json, runCount, sql, type Executor } from '#platform';
import type { Attempt } from './attempt.ts';

const longestReason = 1_000;

/** Of any targets, in one statement. */
export async function writeAttempts(transaction: Executor, attempts: readonly Attempt[]): Promise<void> {
  if (attempts.length === 0) return;
  const rows = attempts.map(({ exchange, reason, ...row }) => ({
    ...row,
    reason: cutText(reason, longestReason),
    status: exchange?.status ?? null,
    request: exchange?.request ?? null,
    response: exchange?.answer ?? null,
  }));
  await runCount(
    transaction,
    sql`insert into attempt (target_id, kind, revision, concept_id, code, answer, reason, sent, done, rejected,
          duration_ms, status, request, response)
        select "targetId", kind, revision, "conceptId", code, answer, reason, sent, done, rejected,
          "durationMs", status, request, response
        from jsonb_to_recordset(${json(rows)}) as a("targetId" text, kind text, revision int, "conceptId" uuid, code text,
          answer text, reason text, sent int, done int, rejected int, "durationMs" int, status int, request text, response text)`,
  );
}
