import type { FastifyInstance } from 'fastify';
import { QueryError } from '../query/query-error.ts';
import type { QueryResult, QueryRunner } from './run-query.ts';
import { SalesforceError } from './salesforce-error.ts';
import { InvalidField } from './soql-sql.ts';
import { parseSoql, UnknownObject } from './soql.ts';

const longestPage = 2_000;
const shortestPage = 200;

/** GET …/query?q=SOQL and the pages after the first. `Sforce-Query-Options: batchSize=200` makes pages shorter. */
export function queryRoutes(scope: FastifyInstance, runner: QueryRunner): void {
  scope.get<{ Querystring: { q?: string } }>('/query', ({ query, headers }) => {
    if (!query.q) throw new SalesforceError(400, 'MALFORMED_QUERY', 'A query string has to be specified');
    return run(runner, query.q, pageSize(String(headers['sforce-query-options'] ?? '')));
  });
  scope.get<{ Params: { locator: string } }>('/query/:locator', ({ params }) => runner.more(params.locator));
}

function run(runner: QueryRunner, soql: string, size: number): QueryResult {
  try {
    return runner.run(parseSoql(soql), size);
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    throw new SalesforceError(400, errorCodeOf(error), error.message);
  }
}

function errorCodeOf(error: QueryError): string {
  if (error instanceof InvalidField) return 'INVALID_FIELD';
  return error instanceof UnknownObject ? 'INVALID_TYPE' : 'MALFORMED_QUERY';
}

function pageSize(options: string): number {
  const asked = Number(/batchSize\s*=\s*(\d+)/i.exec(options)?.[1] ?? longestPage);
  return Math.min(longestPage, Math.max(shortestPage, asked));
}
