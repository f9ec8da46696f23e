import { z } from 'zod';
import { linkSetting } from '../uses/link.ts';

/** Names go into paths and bodies as they are. */
const name = z.string().regex(/^[A-Za-z_]\w*$/, 'a name of OData, for example mappa_title');
const values = z.record(name, z.union([z.string(), z.number(), z.boolean()]));

/** How the table of the map is made in the system; the defaults are those of a table in Dataverse with the prefix `mappa`. */
export const odataSettings = z.strictObject({
  /** Of the service, below the address of the system. */
  servicePath: z
    .string()
    .regex(/^(\/[\w.-]+)*$/, 'a path below the base address, for example /api/data/v9.2, or nothing')
    .default('/api/data/v9.2'),
  entitySet: name.default('mappa_activities'),
  fields: z
    .strictObject({
      /** Primary key, a GUID that the system gives. */
      id: name.default('mappa_activityid'),
      /** Alternate key, of text. */
      key: name.default('mappa_key'),
      code: name.default('mappa_code'),
      title: name.default('mappa_title'),
      /** null: not stored. */
      level: name.nullable().default('mappa_level'),
      /** A date without time; null: not stored. */
      validTo: name.nullable().default('mappa_validto'),
      /** Navigation property to the same table. */
      parent: name.default('mappa_Parent'),
      /** Property that holds the id of the parent. */
      parentId: name.default('_mappa_parent_value'),
    })
    .prefault({}),
  /** The table of what people tag with an entry of the map; null: nothing is counted. `{}`: cases of Dataverse. */
  uses: z
    .strictObject({
      entitySet: name.default('incidents'),
      id: name.default('incidentid'),
      /** Property that holds the id of the record of the map. */
      lookup: name.default('_mappa_activity_value'),
      /** By which people know one. */
      title: name.default('title'),
      link: linkSetting,
    })
    .nullable()
    .default(null),
  /** What an entry in use has, and what one out of use has; in Dataverse the state with its status reason. */
  active: values.default({ statecode: 0, statuscode: 1 }),
  inactive: values.default({ statecode: 1, statuscode: 2 }),
  /** Where OAuth tokens are given: a path below the address of the system, or the address of another host, which gets the secret. */
  tokenAddress: z
    .union([z.string().regex(/^\/[\w./-]+$/), z.url({ protocol: /^https$/ })], {
      error:
        'a path, or an https address, for example https://login.microsoftonline.com/TENANT/oauth2/v2.0/token',
    })
    .default('/oauth2/v2.0/token'),
  /** null: `/.default` of the system, as Microsoft has it. */
  scope: z.string().min(1).nullable().default(null),
  /** Records of one change set; a batch of Dataverse takes 1000. */
  batchSize: z.int().min(1).max(1000).default(100),
  maxBatchBytes: z.int().min(10_000).default(2_000_000),
  pageSize: z.int().min(1).max(5000).default(500),
  /** True: the system is set up so that it refuses to delete a record that something uses. */
  refusesUsed: z.boolean().default(false),
  longestTitle: z.int().min(1).default(4000),
  longestCode: z.int().min(1).default(100),
});

export type ODataSettings = z.infer<typeof odataSettings>;
