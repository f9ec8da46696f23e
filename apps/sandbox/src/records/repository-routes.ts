import type { FastifyInstance } from 'fastify';
import type { FaultBoard } from '../faults/fault-board.ts';
import { bulkUpdate } from './bulk-update.ts';
import { CmisError } from './cmis-error.ts';
import { createType } from './create-type.ts';
import { renderType } from './folder-type.ts';
import { readForm } from './form.ts';
import { readPaging } from './paging.ts';
import type { RecordsStore } from './records.store.ts';
import { repositoryId, repositoryInfo } from './repository-info.ts';
import { user, type CmisRequest } from './request.ts';
import { runQuery } from './run-query.ts';

/** What is asked of the service and of the repository as a whole: its description, types, queries, bulk updates. */
export function repositoryRoutes(
  scope: FastifyInstance,
  store: RecordsStore,
  faults: FaultBoard,
  serviceUrl: string,
): void {
  scope.get('/', () => repositoryInfo(serviceUrl));

  scope.get<CmisRequest>('/:repository', ({ params, query }) => {
    checkRepository(params.repository);
    const parameter = (name: string): string | undefined => query[name];
    switch (query['cmisselector'] ?? 'repositoryInfo') {
      case 'repositoryInfo':
        return repositoryInfo(serviceUrl);
      case 'query':
        return runQuery(
          store,
          query['q'] ?? query['statement'] ?? '',
          readPaging(parameter),
          query['succinct'] === 'true',
        );
      case 'typeDefinition':
        return renderType(typeNamed(store, query['typeId'] ?? ''));
      case 'typeChildren': {
        const types = store.allTypes().filter(({ parentId }) => parentId === (query['typeId'] ?? null));
        return { types: types.map(renderType), hasMoreItems: false, numItems: types.length };
      }
      default:
        throw new CmisError('notSupported', 'Unknown operation');
    }
  });

  scope.post<CmisRequest>('/:repository', { config: { writes: true } }, (request, reply) => {
    checkRepository(request.params.repository);
    const form = readForm(request.body, request.headers['content-type']);
    const parameter = (name: string): string | undefined => form.get(name) ?? request.query[name];
    switch (form.get('cmisaction')) {
      case 'query':
        return runQuery(
          store,
          parameter('statement') ?? parameter('q') ?? '',
          readPaging(parameter),
          parameter('succinct') === 'true',
        );
      case 'createType': {
        const type = createType(store, form.get('type'));
        const location = `${serviceUrl}/${repositoryId}?typeId=${encodeURIComponent(type.id)}`;
        return reply.code(201).header('location', location).send(renderType(type));
      }
      case 'bulkUpdate':
        return store.transaction(() => bulkUpdate(store, faults, form, { user, now: Date.now() }));
      default:
        throw new CmisError('notSupported', 'Unknown operation');
    }
  });
}

export function checkRepository(id: string): void {
  if (id !== repositoryId) throw new CmisError('invalidArgument', `Unknown repository id: ${id}`);
}

function typeNamed(store: RecordsStore, id: string) {
  const type = store.type(id);
  if (!type) throw new CmisError('objectNotFound', `unknown type id: ${id}`);
  return type;
}
