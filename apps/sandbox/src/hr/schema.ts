/** The resource type of an HR system that books hours and costs on the map's codes. */
export const schemaId = 'urn:example:params:scim:schemas:1.0:ActivityCode';
export const endpoint = '/ActivityCodes';

const attribute = (name: string, type: string, more: object = {}): object => ({
  name,
  type,
  multiValued: false,
  required: false,
  mutability: 'readWrite',
  returned: 'default',
  ...more,
});

const subAttributes = [
  attribute('value', 'string', { caseExact: true }),
  attribute('$ref', 'reference', { referenceTypes: ['ActivityCode'], caseExact: true }),
];

const attributes = [
  attribute('code', 'string', { required: true, caseExact: true, uniqueness: 'server' }),
  attribute('title', 'string', { caseExact: false, uniqueness: 'none' }),
  attribute('active', 'boolean'),
  attribute('level', 'integer'),
  attribute('validTo', 'dateTime'),
  attribute('parent', 'complex', { subAttributes }),
];

export const resourceType = (base: string): object => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'],
  id: 'ActivityCode',
  name: 'ActivityCode',
  endpoint,
  description: 'Activity code',
  schema: schemaId,
  meta: { resourceType: 'ResourceType', location: `${base}/ResourceTypes/ActivityCode` },
});

export const schema = (base: string): object => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:Schema'],
  id: schemaId,
  name: 'ActivityCode',
  description: 'Activity code',
  attributes,
  meta: { resourceType: 'Schema', location: `${base}/Schemas/${schemaId}` },
});
