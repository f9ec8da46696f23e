import { z } from 'zod';
import type { Wire } from './schedule.ts';

/** Root folders of the records system: three targets of one system. */
const roots = ['/mappa', '/mappa-2', '/mappa-3'] as const;

export interface ChaosTarget {
  readonly id: string;
  readonly server: 'crm' | 'cmis' | 'scim' | 'webhook';
  /** Path of the folder below which its records stand. */
  readonly root: string | null;
}

export const chaosTargets: readonly ChaosTarget[] = [
  { id: 'crm', server: 'crm', root: null },
  ...roots.map((root, i): ChaosTarget => ({ id: `records-${i + 1}`, server: 'cmis', root })),
  { id: 'hr', server: 'scim', root: null },
  { id: 'webhook', server: 'webhook', root: null },
];

const target = (id: string, on: Wire, profile: string, settings: object = {}): object => ({
  id,
  organisation: 'camera',
  system: on,
  profile,
  scheme: 'processi-camerali',
  mode: 'on',
  settings,
});

/** Six targets on four systems by four drivers; codes are unique in `crm`, `hr` and, as names, in `records`. */
export function targetsFile(portOf: Readonly<Record<Wire, number>>): string {
  const system = (id: Wire, path: string, secret: string, user = ''): object => ({
    id,
    address: `http://127.0.0.1:${portOf[id]}${path}`,
    user,
    secret: `env:${secret}`,
    blackouts: [],
  });
  const succeed = { renumbered: 'succeed', reused: 'succeed', redefined: 'succeed' };
  const follow = { renumbered: 'follow', reused: 'follow', redefined: 'follow' };
  return JSON.stringify({
    organisations: [{ id: 'camera', name: 'Camera di commercio' }],
    systems: [
      system('crm', '/crm', 'TARGET_SANDBOX_CRM', 'mappa'),
      system('cmis', '/cmis/browser/proto', 'TARGET_SANDBOX_RECORDS', 'mappa'),
      system('scim', '/scim/v2', 'TARGET_SANDBOX_HR'),
      system('webhook', '/webhook/', 'TARGET_CHAOS_WEBHOOK'),
    ],
    profiles: [
      { id: 'crm', kind: 'crm', driver: 'crm-sobject', policies: { ...follow, retire: 'deactivate' } },
      { id: 'records', kind: 'records', driver: 'cmis', policies: succeed },
      { id: 'records-follow', kind: 'records', driver: 'cmis', policies: follow },
      { id: 'hr', kind: 'hr', driver: 'scim', policies: succeed },
      { id: 'webhook', kind: 'other', driver: 'webhook', policies: follow },
    ],
    targets: [
      target('crm', 'crm', 'crm'),
      target('records-1', 'cmis', 'records', { rootPath: roots[0] }),
      target('records-2', 'cmis', 'records-follow', { rootPath: roots[1] }),
      target('records-3', 'cmis', 'records', { rootPath: roots[2] }),
      target('hr', 'scim', 'hr'),
      target('webhook', 'webhook', 'webhook'),
    ],
  });
}

const folder = z.object({ succinctProperties: z.object({ 'cmis:objectId': z.string() }) });

/** Makes the root folders that are not there, and gives the id of each by its path. */
export async function rootFolders(sandbox: string): Promise<Map<string, string>> {
  const repository = `${sandbox}/cmis/browser/proto/root`;
  const headers = { authorization: `Basic ${Buffer.from('mappa:mappa-records-secret').toString('base64')}` };
  const ids = new Map<string, string>();
  for (const path of roots) {
    const form = new FormData();
    for (const [name, value] of Object.entries({
      _charset_: 'UTF-8',
      succinct: 'true',
      cmisaction: 'createFolder',
      'propertyId[0]': 'cmis:objectTypeId',
      'propertyValue[0]': 'cmis:folder',
      'propertyId[1]': 'cmis:name',
      'propertyValue[1]': path.slice(1),
    }))
      form.set(name, value);
    if (path !== '/mappa') await fetch(`${repository}?objectId=100`, { method: 'POST', headers, body: form });
    const found = await fetch(`${repository}${path}?cmisselector=object&succinct=true`, { headers });
    ids.set(path, folder.parse(await found.json()).succinctProperties['cmis:objectId']);
  }
  return ids;
}
