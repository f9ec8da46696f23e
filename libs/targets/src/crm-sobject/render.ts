import type { Step } from '../driver.ts';
import type { CrmSettings } from './settings.ts';

/** One record of sObject Collections; with its Id when the CRM has given it one. */
export function renderRecord(
  { key, externalId, content }: Step,
  { object, fields }: CrmSettings,
): Record<string, unknown> {
  return {
    attributes: { type: object },
    ...(externalId === null ? {} : { Id: externalId }),
    [fields.key]: key,
    [fields.code]: content.code,
    [fields.title]: content.title,
    [fields.level]: content.level,
    [fields.active]: content.active,
    [fields.validTo]: content.validTo,
    [fields.parent]: content.parent,
  };
}

/** Text as a SOQL literal. */
export const soqlText = (text: string): string => `'${text.replaceAll(/['\\]/g, String.raw`\$&`)}'`;
