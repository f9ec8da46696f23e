/** A query or filter that cannot be read or run; the message is for the person who wrote it. */
export class QueryError extends Error {}
