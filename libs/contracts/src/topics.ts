/** The three topics. Partition counts are part of the contract: a key stays in its partition for good. */
export const topics = {
  changes: {
    name: 'mappa.changes.v1',
    partitions: 6,
    config: { 'cleanup.policy': 'delete', 'retention.ms': '-1' },
  },
  revisions: {
    name: 'mappa.revisions.v1',
    partitions: 1,
    // The time of a message is the broker's, so that whoever reads it sees how long it took to get there.
    config: { 'cleanup.policy': 'delete', 'retention.ms': '-1', 'message.timestamp.type': 'LogAppendTime' },
  },
  concepts: { name: 'mappa.concepts.v1', partitions: 6, config: { 'cleanup.policy': 'compact' } },
} as const;

/** CloudEvents `type` of each message. */
export const eventTypes = {
  change: 'mappa.change.v1',
  inForce: 'mappa.revision.in-force.v1',
  concept: 'mappa.concept.v1',
  sealed: 'mappa.revision.sealed.v1',
  resealed: 'mappa.revision.resealed.v1',
  withdrawn: 'mappa.revision.withdrawn.v1',
  historyAdded: 'mappa.revision.history-added.v1',
} as const;

/** By kind of a row of the change log that goes to the topic of revisions. */
export const revisionEventTypes = {
  'in-force': eventTypes.inForce,
  sealed: eventTypes.sealed,
  resealed: eventTypes.resealed,
  withdrawn: eventTypes.withdrawn,
  'history-added': eventTypes.historyAdded,
} as const;
export type RevisionEventKind = keyof typeof revisionEventTypes;
