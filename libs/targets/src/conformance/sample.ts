import { randomUUID } from 'node:crypto';
import type { RecordContent, Step } from '../driver.ts';

let branches = 0;

/** A branch of codes that no other test uses: `T7`. */
export const branch = (): string => `T${++branches}`;

/** A creation, active and without an end, unless said otherwise. */
export function creation(code: string, over: Partial<RecordContent> & { readonly key?: string } = {}): Step {
  const { key = randomUUID(), ...content } = over;
  return {
    key,
    externalId: null,
    mayExist: false,
    content: {
      code,
      title: `Attività ${code}`,
      parent: null,
      level: code.split('.').length + 1,
      active: true,
      validTo: null,
      ...content,
    },
  };
}

/** The same record, known by now, with something changed. */
export const update = (step: Step, externalId: string, over: Partial<RecordContent> = {}): Step => ({
  ...step,
  externalId,
  content: { ...step.content, ...over },
});

export const hardTitles = [
  `Perché l'"ente" paga: così è, più o meno`,
  'Registro imprese / REA \\ albi: che cosa? *tutto* <o niente> | 100 %',
  'Gestione %2F non è una barra, e 50%25 nemmeno',
  'D’ufficio – «firma digitale» … e 𝄞 𐐷 😀',
  "O''Brien \\' OR '1'='1",
  'Finisce con un punto.',
  `${'Così '.repeat(59)}fine!`,
] as const;
