import { activityFields, objectName, type Field } from './activity.ts';

/** GET …/sobjects/Activity__c/describe */
export function describe(basePath: string): unknown {
  return {
    name: objectName,
    label: 'Activity',
    labelPlural: 'Activities',
    keyPrefix: 'a00',
    custom: true,
    createable: true,
    updateable: true,
    deletable: true,
    queryable: true,
    retrieveable: true,
    searchable: false,
    fields: activityFields.map(describeField),
    childRelationships: [
      {
        childSObject: objectName,
        field: 'Parent__c',
        relationshipName: 'Activities__r',
        cascadeDelete: false,
      },
    ],
    urls: {
      sobject: `${basePath}/sobjects/${objectName}`,
      describe: `${basePath}/sobjects/${objectName}/describe`,
      rowTemplate: `${basePath}/sobjects/${objectName}/{ID}`,
    },
  };
}

function describeField(field: Field): unknown {
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
    sortable: field.type !== 'textarea',
    referenceTo: isReference ? [objectName] : [],
    relationshipName: isReference ? 'Parent__r' : null,
  };
}
