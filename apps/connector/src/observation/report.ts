import type { Capabilities } from '#targets';
import { asKept, say } from '#words';
import { render, type CodedEntry, type RenderRules } from '../delivery/render.ts';
import { foreignHolder } from './foreign-holder.ts';
import type { Matched } from './match-records.ts';
import type { Observation } from './schemas.ts';

/**
 * What would happen to a target if it were turned on: adopted, asked, created, refused; foreign records are named, and
 * never touched.
 * @param desired the entries that the target should hold
 */
export function reportOn(
  matched: Matched,
  desired: readonly CodedEntry[],
  rules: RenderRules,
  capabilities: Capabilities,
): Pick<Observation, 'adopt' | 'ask' | 'create' | 'refused' | 'foreign'> {
  const held = new Set(matched.adopted.map(({ conceptId }) => conceptId));
  const missing = desired.filter(({ conceptId }) => !held.has(conceptId));
  const reasonFor = refusals(matched, rules, capabilities);
  const judged = desired.map((entry) => ({ entry, reason: reasonFor(entry) }));
  const refused = judged.flatMap(({ entry: { conceptId, code }, reason }) =>
    reason === null ? [] : [{ conceptId, code, reason }],
  );
  const isRefused = new Set(refused.map(({ conceptId }) => conceptId));
  return {
    adopt: matched.adopted.map(({ record, conceptId, by }) => ({ ...shown(record), conceptId, by })),
    ask: matched.asked.map(({ record, candidates }) => ({
      ...shown(record),
      candidates: candidates.map((entry) => named(entry, rules)),
    })),
    create: missing.filter(({ conceptId }) => !isRefused.has(conceptId)).map((entry) => named(entry, rules)),
    refused,
    foreign: matched.foreign.map(shown),
  };
}

/** Why an entry cannot be written: it does not fit the target, or a foreign record has its code. */
function refusals(
  { adopted, foreign }: Matched,
  rules: RenderRules,
  capabilities: Capabilities,
): (entry: CodedEntry) => string | null {
  const concepts = new Map(adopted.map(({ record, conceptId }) => [record.externalId, conceptId]));
  const holderOf = foreignHolder(foreign, capabilities, concepts);
  return (entry) => {
    const content = render(entry, rules);
    if ('reason' in content) return content.reason;
    const holder = holderOf(content);
    return holder === undefined ? null : asKept(say`the foreign record ${holder} has this code`);
  };
}

function shown({ externalId, content: { code, title, active } }: Matched['foreign'][number]) {
  return { externalId, code, title, active };
}

function named({ conceptId, code, titles }: CodedEntry, { language }: RenderRules) {
  return { conceptId, code, title: titles[language]?.official ?? '' };
}
