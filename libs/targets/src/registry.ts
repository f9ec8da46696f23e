import type { z } from 'zod';
import { createCmisDriver } from './cmis/cmis.ts';
import { cmisSettings } from './cmis/settings.ts';
import { createCrmDriver } from './crm-sobject/crm-sobject.ts';
import { crmSettings } from './crm-sobject/settings.ts';
import type { Connection, Driver } from './driver.ts';
import { createODataDriver } from './odata/odata.ts';
import { odataSettings } from './odata/settings.ts';
import { createScimDriver } from './scim/scim.ts';
import { scimSettings } from './scim/settings.ts';
import { trytonSettings } from './tryton/settings.ts';
import { createTrytonDriver } from './tryton/tryton.ts';
import { webhookSettings } from './webhook/settings.ts';
import { createWebhookDriver } from './webhook/webhook.ts';

export interface DriverType {
  /** What the systems behind it are for; a profile may say otherwise. */
  readonly kind: 'crm' | 'records' | 'hr' | 'other';
  /** Checks `Connection.settings`, and fills in the defaults. */
  readonly settingsSchema: z.ZodType<Readonly<Record<string, unknown>>>;
  /** Settings that say where in its system the records of a target stand. */
  readonly place: readonly string[];
  /** Settings that say in which fields: with others, our records are not found. */
  readonly fields: readonly string[];
  /** Settings that may be addresses of other hosts, which then get the secret. */
  readonly addresses: readonly string[];
  create(connection: Connection): Driver;
}

/** Every wire protocol that we speak, by the name that a profile gives it. */
export const drivers = {
  'crm-sobject': {
    kind: 'crm',
    settingsSchema: crmSettings,
    place: ['object'],
    fields: ['fields'],
    addresses: [],
    create: createCrmDriver,
  },
  odata: {
    kind: 'crm',
    settingsSchema: odataSettings,
    place: ['servicePath', 'entitySet'],
    fields: ['fields'],
    addresses: ['tokenAddress'],
    create: createODataDriver,
  },
  cmis: {
    kind: 'records',
    settingsSchema: cmisSettings,
    place: ['rootPath'],
    fields: ['type', 'properties'],
    addresses: [],
    create: createCmisDriver,
  },
  scim: {
    kind: 'hr',
    settingsSchema: scimSettings,
    place: ['endpoint'],
    fields: ['schema'],
    addresses: [],
    create: createScimDriver,
  },
  tryton: {
    kind: 'hr',
    settingsSchema: trytonSettings,
    place: ['model', 'company'],
    fields: [],
    addresses: [],
    create: createTrytonDriver,
  },
  webhook: {
    kind: 'other',
    settingsSchema: webhookSettings,
    place: [],
    fields: [],
    addresses: [],
    create: createWebhookDriver,
  },
} as const satisfies Readonly<Record<string, DriverType>>;

export type DriverName = keyof typeof drivers;

export const isDriverName = (name: string): name is DriverName => Object.hasOwn(drivers, name);
