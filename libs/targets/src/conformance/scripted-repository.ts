import {
  startScriptedServer,
  type Asked,
  type ScriptedAnswer,
  type ScriptedServer,
} from './scripted-server.ts';

/** @param path null: the server does not say where the folder stands */
export const folder = (
  id: string,
  path: string | null,
  more: Readonly<Record<string, unknown>> = {},
): ScriptedAnswer => ({
  json: {
    succinctProperties: {
      'cmis:objectId': id,
      'cmis:name': path?.split('/').at(-1) ?? '',
      ...(path === null ? {} : { 'cmis:path': path }),
      'cmis:parentId': '1',
      'cmis:changeToken': 'token',
      ...more,
    },
  },
});

export const exception = (status: number, name: string): ScriptedAnswer => ({
  status,
  json: { exception: name, message: 'its words' },
});

const actionOf = ({ body }: Asked): string | undefined => /name="cmisaction"\r\n\r\n(\w+)/.exec(body)?.[1];

/** A repository with the root folder 1 at /mappa, in which a query finds nothing, and everything else is by the script. */
export function startRepository(
  script: (asked: Asked, action: string | undefined) => ScriptedAnswer | null,
): Promise<ScriptedServer> {
  return startScriptedServer((asked) => {
    const scripted = script(asked, actionOf(asked));
    if (scripted) return scripted;
    if (asked.url.startsWith('/root/mappa?')) return folder('1', '/mappa', { 'cmis:parentId': '0' });
    if (asked.url.includes('cmisselector=query')) return { json: { results: [], hasMoreItems: false } };
    return exception(404, 'objectNotFound');
  });
}

/** What was asked to be changed, in its order: `createFolder`, `move`. */
export const actionsOf = ({ asked }: ScriptedServer): string[] => asked.flatMap((one) => actionOf(one) ?? []);
