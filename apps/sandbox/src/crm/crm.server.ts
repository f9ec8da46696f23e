import type { FastifyInstance } from 'fastify';
import type { Logger } from '#platform';
import type { FaultBoard } from '../faults/fault-board.ts';
import type { SimulatedServer } from '../mounting/simulated-server.ts';
import { readForms, readJson, statusOf } from '../mounting/read-body.ts';
import { activityObject } from './activity.ts';
import { caseRoutes } from './case-routes.ts';
import { caseObject } from './case.ts';
import { collectionRoutes } from './collections.ts';
import type { CrmStore } from './crm.store.ts';
import { describe } from './describe.ts';
import { queryRoutes } from './query.ts';
import { QueryRunner } from './run-query.ts';
import { busyBody, errorBody, SalesforceError } from './salesforce-error.ts';
import { saveCases, type SaveCases } from './save-cases.ts';
import { saveRecords, type SaveBatch } from './save-records.ts';
import { Sessions } from '../mounting/sessions.ts';
import { singleRecordRoutes } from './single-record.ts';
import { tokenRoute } from './token.ts';

const basePath = '/services/data/v60.0';

/** The CRM: Salesforce REST API v60.0 with two objects, Activity__c and Case. */
export function crmServer(
  store: CrmStore,
  faults: FaultBoard,
  publicUrl: string,
  logger: Logger,
): SimulatedServer {
  const sessions = new Sessions('00DMp000000001!');
  const save: SaveBatch = (records, allOrNone, match) =>
    saveRecords(records, allOrNone, { store, faults, match, now: new Date().toISOString() });

  const saveTheCases: SaveCases = (records, allOrNone, match) =>
    saveCases(records, allOrNone, { store, match, now: new Date().toISOString() });

  const api = (scope: FastifyInstance): void => {
    scope.addHook('onRequest', (request, reply, done) => {
      const token = /^(?:Bearer|OAuth) (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
      if (token && sessions.isOpen(token, Date.now())) return done();
      return reply.code(401).send(errorBody('INVALID_SESSION_ID', 'Session expired or invalid'));
    });
    collectionRoutes(scope, store, save, saveTheCases);
    singleRecordRoutes(scope, store, save, basePath);
    caseRoutes(scope, store, saveTheCases, basePath);
    queryRoutes(scope, new QueryRunner(store, basePath));
    for (const object of [activityObject, caseObject])
      scope.get(`/sobjects/${object.name}/describe`, () => describe(object, basePath));
    scope.get('/', () => ({
      sobjects: `${basePath}/sobjects`,
      query: `${basePath}/query`,
      composite: `${basePath}/composite`,
    }));
  };

  return {
    name: 'crm',
    prefix: '/crm',
    contentType: 'application/json; charset=utf-8',
    busy: busyBody,
    routes: (scope) => {
      readJson(
        scope,
        ['application/json'],
        (reason) => new SalesforceError(400, 'JSON_PARSER_ERROR', reason),
      );
      readForms(scope);
      scope.setErrorHandler((error, request, reply) => {
        if (error instanceof SalesforceError) {
          return reply.code(error.status).send(errorBody(error.errorCode, error.message, error.fields));
        }
        const status = statusOf(error);
        if (status < 500) return reply.code(status).send(errorBody('INVALID_REQUEST', String(error)));
        logger.error({ err: error, url: request.url }, 'the simulated CRM failed');
        return reply.code(500).send(errorBody('UNKNOWN_EXCEPTION', 'An unexpected error occurred.'));
      });
      scope.setNotFoundHandler((_request, reply) =>
        reply.code(404).send(errorBody('NOT_FOUND', 'The requested resource does not exist')),
      );
      tokenRoute(scope, sessions, `${publicUrl}/crm`);
      scope.get('/services/data', () => [{ label: "Spring '24", url: basePath, version: '60.0' }]);
      scope.register(
        (data, _options, done) => {
          api(data);
          done();
        },
        { prefix: basePath },
      );
    },
  };
}
