export * from './entry.ts';
export * from './events.ts';
export * from './operations.ts';
export * from './topics.ts';
