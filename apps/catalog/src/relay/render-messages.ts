import { eventTypes, revisionEventTypes, topics } from '#contracts';
import { cloudEventHeaders } from '#messaging';
import type { LogRow } from './read-log.ts';

/** A message for one of the three topics. */
export interface TopicMessage {
  readonly topic: string;
  readonly key: string;
  readonly value: string;
  readonly headers: Record<string, Buffer>;
}

/**
 * The messages of one row: for a change, what happened and the state that came of it; else, what there is to say of a
 * revision or of a sealed set. The texts of `head`, `before` and `after` are put together as they are, never parsed.
 */
export function renderMessages(epoch: string, row: LogRow): TopicMessage[] {
  const { position, scheme, conceptId, head, before, after } = row;
  const headers = (type: string, suffix: string) =>
    cloudEventHeaders({ id: `${epoch}-${position}.${suffix}`, source: `/schemes/${scheme}`, type });
  if (row.kind !== 'change')
    return [
      {
        topic: topics.revisions.name,
        key: scheme,
        value: head,
        headers: headers(revisionEventTypes[row.kind], 'revision'),
      },
    ];
  if (conceptId === null) throw new Error(`row ${position} of the change log is a change of nothing`);
  return [
    {
      topic: topics.changes.name,
      key: conceptId,
      value: `${head.slice(0, -1)},"before":${before},"after":${after}}`,
      headers: headers(eventTypes.change, 'change'),
    },
    {
      topic: topics.concepts.name,
      key: conceptId,
      value: stateOf(row, conceptId),
      headers: headers(eventTypes.concept, 'concept'),
    },
  ];
}

function stateOf({ scheme, revision, effectiveDate, before, after }: LogRow, conceptId: string): string {
  const fixed = JSON.stringify({
    scheme,
    revision,
    effectiveDate,
    conceptId,
    state: after ? 'in-force' : 'retired',
  });
  return `${fixed.slice(0, -1)},"entry":${after ?? before}}`;
}
