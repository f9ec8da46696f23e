import { z } from 'zod';
import { linkSetting } from '../uses/link.ts';

/** Names go into SOQL and paths as they are. */
const apiName = z.string().regex(/^[A-Za-z]\w*$/, 'an API name of Salesforce, for example Title__c');

/** How the object of the map is made in the CRM. Titles are a long text area; Name holds the code. */
export const crmSettings = z.strictObject({
  apiVersion: z
    .string()
    .regex(/^v\d+\.\d$/, 'for example v60.0')
    .default('v60.0'),
  object: apiName.default('Activity__c'),
  fields: z
    .strictObject({
      /** External id, unique. */
      key: apiName.default('Mappa_Id__c'),
      code: apiName.default('Name'),
      title: apiName.default('Title__c'),
      level: apiName.default('Level__c'),
      active: apiName.default('Active__c'),
      validTo: apiName.default('Valid_To__c'),
      parent: apiName.default('Parent__c'),
    })
    .prefault({}),
  /** What people tag with an entry of the map; null: nothing is counted. */
  uses: z
    .strictObject({
      object: apiName.default('Case'),
      /** Its lookup to the object of the map. */
      lookup: apiName.default('Activity__c'),
      /** By which people know one. */
      title: apiName.default('Subject'),
      link: linkSetting,
    })
    .nullable()
    .prefault({}),
  /** Records of one call; Salesforce takes 200. */
  batchSize: z.int().min(1).max(200).default(200),
  /** A request of Salesforce has at most 6 MB. */
  maxBatchBytes: z.int().min(10_000).default(4_000_000),
  /** True: the system is set up so that it refuses to delete a record that something uses. */
  refusesUsed: z.boolean().default(false),
  longestTitle: z.int().min(1).default(32_768),
  longestCode: z.int().min(1).default(80),
});

export type CrmSettings = z.infer<typeof crmSettings>;
