import { say, verbatim, type Language } from '#words';
import { z } from 'zod';
import { NotTold } from '../status/not-told.ts';

/** The catalog's API as a script uses it; a refusal is an error with the words of its problem. */
export interface CatalogClient {
  get<T>(schema: z.ZodType<T>, path: string): Promise<T>;
  send<T>(schema: z.ZodType<T>, method: 'POST' | 'PATCH', path: string, body: unknown): Promise<T>;
}

/** @param language in which the catalog says why it refuses something */
export function catalogClient(address: string, token: string, language: Language = 'en'): CatalogClient {
  const call = async <T>(schema: z.ZodType<T>, path: string, init: RequestInit): Promise<T> => {
    const answer = await fetch(`${address}/api/v1${path}`, init).catch(() => {
      throw new NotTold(
        say`The catalog at ${address} does not answer. When it was killed it comes back by itself: try again in a minute.`,
      );
    });
    if (!answer.ok) throw new NotTold(verbatim(describeProblem(await answer.text())));
    return schema.parse(await answer.json());
  };
  // A script has its drafts to itself, so that it need not look which state it changes.
  const asking = { authorization: `Bearer ${token}`, 'accept-language': language };
  const headers = { ...asking, 'content-type': 'application/json', 'if-match': '*' };
  return {
    get: (schema, path) => call(schema, path, { headers: asking }),
    send: (schema, method, path, body) => call(schema, path, { method, headers, body: JSON.stringify(body) }),
  };
}

const problemSchema = z.object({
  title: z.string(),
  detail: z.string().optional(),
  problems: z.array(z.object({ message: z.string() })).default([]),
});

function describeProblem(text: string): string {
  try {
    const { title, detail, problems } = problemSchema.parse(JSON.parse(text));
    return [title, detail, ...problems.map(({ message }) => message)].filter(Boolean).join('\n');
  } catch {
    return text;
  }
}
