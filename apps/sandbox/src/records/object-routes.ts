import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { FaultBoard } from '../faults/fault-board.ts';
import { CmisError } from './cmis-error.ts';
import { createFolder } from './create-folder.ts';
import { deleteFolder } from './delete-folder.ts';
import { folderOfId, folderOfPath } from './find-folder.ts';
import { readForm } from './form.ts';
import { moveFolder } from './move-folder.ts';
import { children, descendants, parents, type NavigationRendering } from './navigation.ts';
import { readPaging } from './paging.ts';
import { readProperties } from './properties.ts';
import type { RecordsStore, StoredFolder } from './records.store.ts';
import { readFilter, renderObject, renderProperties } from './render-object.ts';
import { repositoryId } from './repository-info.ts';
import { checkRepository } from './repository-routes.ts';
import { user, type CmisRequest } from './request.ts';
import { updateProperties } from './update-properties.ts';

type Parameter = (name: string) => string | undefined;

/** What is asked of one folder, named by `objectId` or by its path below `…/root`. */
export function objectRoutes(
  scope: FastifyInstance,
  store: RecordsStore,
  faults: FaultBoard,
  serviceUrl: string,
): void {
  const find = (path: string, parameter: Parameter): StoredFolder => {
    const id = parameter('objectId');
    return id === undefined ? folderOfPath(store, path) : folderOfId(store, id);
  };

  const read = ({ params, query }: FastifyRequest<CmisRequest>): unknown => {
    checkRepository(params.repository);
    const parameter: Parameter = (name) => query[name];
    const folder = find(pathOf(params), parameter);
    const how = rendering(parameter);
    switch (query['cmisselector'] ?? 'children') {
      case 'object':
        return renderObject(store, folder, how);
      case 'properties':
        return renderProperties(store, folder, how);
      case 'children':
        return children(store, folder, readPaging(parameter), how);
      case 'descendants':
        return descendants(store, folder, Number(query['depth'] ?? -1), how);
      case 'parents':
        return parents(store, folder, how);
      default:
        throw new CmisError('notSupported', 'Unknown operation');
    }
  };

  const write = (request: FastifyRequest<CmisRequest>, reply: FastifyReply): unknown => {
    checkRepository(request.params.repository);
    const form = readForm(request.body, request.headers['content-type']);
    const parameter: Parameter = (name) => form.get(name) ?? request.query[name];
    const folder = find(pathOf(request.params), parameter);
    const answer = (id: number, status: number): unknown => {
      const written = renderObject(store, folderOfId(store, String(id)), rendering(parameter));
      if (status === 201) reply.header('location', `${serviceUrl}/${repositoryId}/root?objectId=${id}`);
      return reply.code(status).send(written);
    };
    const act = { user, now: Date.now() };
    switch (form.get('cmisaction')) {
      case 'createFolder': {
        const given = readProperties(form);
        return answer(
          store.transaction(() => createFolder(store, faults, folder, given, act)),
          201,
        );
      }
      case 'update': {
        const given = readProperties(form);
        store.transaction(() =>
          updateProperties(store, faults, folder, given, parameter('changeToken'), act),
        );
        return answer(folder.id, 200);
      }
      case 'move': {
        const source = folderOfId(store, parameter('sourceFolderId') ?? '');
        const target = folderOfId(store, parameter('targetFolderId') ?? '');
        store.transaction(() => moveFolder(store, folder, source, target));
        return answer(folder.id, 201);
      }
      case 'delete':
        store.transaction(() => deleteFolder(store, folder));
        return reply.code(200).send();
      default:
        throw new CmisError('notSupported', 'Unknown operation');
    }
  };

  const writes = { config: { writes: true } };
  for (const address of ['/:repository/root', '/:repository/root/*']) {
    scope.get<CmisRequest>(address, read);
    scope.post<CmisRequest>(address, writes, write);
  }
}

/** The path below the root folder; '' for the root folder itself. */
const pathOf = (params: CmisRequest['Params']): string => (params['*'] ? `/${params['*']}` : '');

function rendering(parameter: Parameter): NavigationRendering {
  return {
    succinct: parameter('succinct') === 'true',
    filter: readFilter(parameter('filter')),
    pathSegments: parameter('includePathSegment') === 'true',
  };
}
