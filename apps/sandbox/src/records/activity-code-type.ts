import { typeDefinition, newType } from './type-definition.ts';

const property = (id: string, displayName: string, propertyType: string, more: object = {}): object => ({
  id,
  displayName,
  propertyType,
  cardinality: 'single',
  ...more,
});

/** `act:code`, the type under which the office files the map: a folder with a code, our identity, and when it ends. */
export const activityCodeType = typeDefinition(
  newType.parse({
    id: 'act:code',
    localName: 'actcode',
    localNamespace: 'urn:example',
    displayName: 'Activity code',
    description: 'Activity code',
    baseId: 'cmis:folder',
    parentId: 'cmis:folder',
    propertyDefinitions: {
      'act:cod': property('act:cod', 'code', 'string', { required: true }),
      'act:ext': property('act:ext', 'ext', 'string', { required: true }),
      'act:active': property('act:active', 'active', 'boolean', { orderable: false }),
      'act:title': property('act:title', 'title', 'string'),
      'act:validTo': property('act:validTo', 'valid to', 'datetime'),
    },
  }),
);
