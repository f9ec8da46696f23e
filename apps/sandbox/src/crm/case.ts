import { crmObject, plain, stampFields } from './crm-object.ts';

export type CaseColumn =
  'id' | 'case_number' | 'subject' | 'status' | 'activity_id' | 'created_at' | 'modified_at';

/** The standard object Case, with the lookup by which an administrator lets people tag a case with a process. */
export const caseObject = crmObject<CaseColumn>({
  name: 'Case',
  label: 'Case',
  labelPlural: 'Cases',
  keyPrefix: '500',
  table: 'crm_case',
  lookup: { field: 'Activity__c', relation: 'Activity__r', column: 'activity_id' },
  fields: [
    { ...plain, name: 'Id', label: 'Case ID', type: 'id', column: 'id', length: 18, writable: false },
    {
      ...plain,
      name: 'CaseNumber',
      label: 'Case Number',
      type: 'string',
      column: 'case_number',
      length: 30,
      writable: false,
    },
    { ...plain, name: 'Subject', label: 'Subject', type: 'string', column: 'subject', length: 255 },
    { ...plain, name: 'Status', label: 'Status', type: 'picklist', column: 'status', length: 255 },
    {
      ...plain,
      name: 'Activity__c',
      label: 'Activity',
      type: 'reference',
      column: 'activity_id',
      length: 18,
    },
    ...stampFields('Opened Date'),
  ],
});

/** What a request may say of a case. */
export interface WritableCase {
  readonly subject: string | null;
  readonly status: string;
  /** Id of the process that it is tagged with. */
  readonly activity_id: string | null;
}

/** One row of the table. Instants are ISO 8601 in UTC. */
export interface Case extends WritableCase {
  readonly id: string;
}
