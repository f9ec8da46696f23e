import type { Step } from '../driver.ts';
import { renderPatch, renderResource } from './resource.ts';
import type { ScimSettings } from './settings.ts';

/** One write: POST creates, PATCH makes the record of `id` equal. */
export type Operation = {
  readonly step: Step;
  readonly path: string;
  readonly body: Record<string, unknown>;
} & ({ readonly method: 'POST' } | { readonly method: 'PATCH'; readonly id: string });

/** @param id of the record that the step is about; null creates it */
export function operationFor(step: Step, id: string | null, { endpoint, schema }: ScimSettings): Operation {
  if (id === null) return { step, method: 'POST', path: endpoint, body: renderResource(step, schema) };
  return {
    step,
    method: 'PATCH',
    id,
    path: `${endpoint}/${encodeURIComponent(id)}`,
    body: renderPatch(step),
  };
}
