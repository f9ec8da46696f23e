export * from './history-index.ts';
export * from './successions-of.ts';
export * from './meanings.ts';
export * from './meant.ts';
export * from './near-codes.ts';
export { lifeOf, type Hop } from './path.ts';
export * from './reach.ts';
export * from './resolve.ts';
export * from './recorded-succession.ts';
