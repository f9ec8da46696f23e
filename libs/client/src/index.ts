export * from './difference.ts';
export * from './read-nodes-over-http.ts';
export * from './verify-map.ts';
