import { activityObject } from './activity.ts';
import { caseObject } from './case.ts';
import type { CrmObject, Field } from './crm-object.ts';

/** Lookups to Activity__c, as seen from it. */
const toActivity = [
  { object: activityObject, relationshipName: 'Activities__r' },
  { object: caseObject, relationshipName: 'Cases__r' },
];

/** GET …/sobjects/{name}/describe */
export function describe(object: CrmObject, basePath: string): unknown {
  const { name, label, labelPlural, keyPrefix, fields } = object;
  const isActivity = name === activityObject.name;
  return {
    name,
    label,
    labelPlural,
    keyPrefix,
    custom: name.endsWith('__c'),
    createable: true,
    updateable: true,
    deletable: isActivity,
    queryable: true,
    retrieveable: true,
    searchable: false,
    fields: fields.map((field) => describeField(field, object)),
    childRelationships: (isActivity ? toActivity : []).map(({ object: child, relationshipName }) => ({
      childSObject: child.name,
      field: child.lookup.field,
      relationshipName,
      cascadeDelete: false,
    })),
    urls: {
      sobject: `${basePath}/sobjects/${name}`,
      describe: `${basePath}/sobjects/${name}/describe`,
      rowTemplate: `${basePath}/sobjects/${name}/{ID}`,
    },
  };
}

function describeField(field: Field, { lookup }: CrmObject): unknown {
  const isReference = field.type === 'reference';
  return {
    name: field.name,
    label: field.label,
    type: field.type,
    length: field.length,
    byteLength: field.length * 3,
    precision: field.type === 'double' ? 18 : 0,
    scale: 0,
    nillable: !field.required && field.type !== 'boolean' && field.writable,
    createable: field.writable,
    updateable: field.writable,
    unique: field.unique,
    caseSensitive: false,
    externalId: field.externalId,
    idLookup: field.externalId || field.type === 'id',
    nameField: field.name === 'Name',
    custom: field.name.endsWith('__c'),
    defaultedOnCreate: field.type === 'boolean' || !field.writable,
    filterable: field.type !== 'textarea',
    groupable: field.type !== 'textarea' && field.type !== 'double',
    sortable: field.type !== 'textarea',
    referenceTo: isReference ? [activityObject.name] : [],
    relationshipName: isReference ? lookup.relation : null,
  };
}
