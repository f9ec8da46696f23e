export * from './answers.ts';
export * from './drafts.ts';
export * from './edition.ts';
export * from './entry.ts';
export * from './events.ts';
export * from './operations.ts';
export * from './topics.ts';
export * from './reading.ts';
