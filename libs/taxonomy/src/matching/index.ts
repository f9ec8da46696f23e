export { match, matchInSteps } from './match.ts';
export * from './matching.ts';
