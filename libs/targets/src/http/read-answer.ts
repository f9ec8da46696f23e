import { z } from 'zod';
import { asKept, say } from '#words';
import type { Trouble } from '../driver.ts';
import type { Exchange } from './exchange.ts';
import { retryAfterMs } from './retry-after.ts';
import { wordsOf } from './words.ts';

/** Whether a request may have changed something when nobody knows its answer. */
export type Effect = 'reads' | 'writes';

/**
 * What an acknowledgement consists of: JSON of the protocol, several answers in one (`multipartAnswer`), or its status
 * alone; a page for people never is one.
 */
export type Expected = 'json' | 'multipart' | 'status';

/** Body of a reply that holds several answers, whatever status the whole has: the statuses that count are inside. */
export const multipartAnswer = z.object({ contentType: z.string(), text: z.string() });

/**
 * An answer that a driver has to judge: taken, or refused with a reason that concerns what was sent.
 * `body` is JSON; null for an empty answer with status 204 and for a refusal that is not explained in JSON.
 */
export interface Reply {
  readonly ok: boolean;
  readonly status: number;
  readonly body: unknown;
  /** The target's own words when it refused. */
  readonly reason: string;
}

export type Read = { readonly is: 'reply'; readonly reply: Reply } | Trouble;

const withoutRetryAfterMs = 1000;

/**
 * What an exchange means in any of the protocols: a reply, or trouble with the target as a whole.
 * - not sent, or the target says that it is not there (503), or nothing of the protocol is at the address (a redirect,
 *   a page instead of an answer): `failing`
 * - 429, or 503 with Retry-After: `slow-down`
 * - sent, and the answer is lost, unreadable or a 5xx that says nothing about what was stored: `unknown`,
 *   for a request that only reads `failing`
 * No answer and a 5xx may be about the system, all else is about this target (`aboutSystem`).
 * @param now milliseconds since 1970, for Retry-After where the answer has no Date
 */
export function readAnswer(answer: Exchange, effect: Effect, now: number, expected: Expected = 'json'): Read {
  const uncertain = effect === 'writes' ? 'unknown' : 'failing';
  if (answer.is === 'not-sent') return { is: 'failing', reason: answer.reason, aboutSystem: true };
  if (answer.is === 'lost') return { is: uncertain, reason: answer.reason, aboutSystem: true };
  const { status, headers } = answer;
  const json = parseJson(headers['content-type'], answer.body);
  if (expected === 'json' && json.is === 'json' && status >= 200 && status < 300 && status !== 204)
    return { is: 'reply', reply: { ok: true, status, body: json.value, reason: '' } };
  const said = json.is === 'json' ? wordsOf(json.value) : '';
  const reason = said ? `${said} (HTTP ${status})` : `HTTP ${status}`;

  if (expected === 'multipart' && /^multipart\/mixed\b/i.test(headers['content-type'] ?? '')) {
    const text = textOf(answer.body);
    if (text === null) return { is: uncertain, reason: asKept(say`${reason}, but the answer is not UTF-8`) };
    const body = { contentType: headers['content-type'], text };
    return { is: 'reply', reply: { ok: true, status, body, reason: '' } };
  }
  if (status === 429 || status === 503) {
    const sentAt = Date.parse(headers['date'] ?? '');
    const wait = retryAfterMs(headers['retry-after'], Number.isNaN(sentAt) ? now : sentAt);
    if (wait === null && status === 503) return { is: 'failing', reason, aboutSystem: true };
    return { is: 'slow-down', retryAfterMs: wait ?? withoutRetryAfterMs, reason };
  }
  if (status === 408 || status >= 500)
    return { is: status === 501 ? 'failing' : uncertain, reason, aboutSystem: true };
  if (status < 200 || (status >= 300 && status < 400)) {
    return { is: 'failing', reason: asKept(say`HTTP ${status} to another address, which is not followed`) };
  }
  if (status >= 400) {
    const aboutContent = status === 400 || status === 413 || status === 422;
    if (json.is !== 'json' && !aboutContent && status !== 401)
      return {
        is: 'failing',
        reason: asKept(
          json.is === 'empty'
            ? say`${reason}, and the answer is empty`
            : say`${reason}, and the answer is not JSON`,
        ),
      };
    return {
      is: 'reply',
      reply: { ok: false, status, body: json.is === 'json' ? json.value : null, reason },
    };
  }
  if (status === 204) return { is: 'reply', reply: { ok: true, status, body: null, reason: '' } };
  // OpenCMIS calls an empty answer HTML.
  if (expected === 'status' && (answer.body.length === 0 || !isPage(headers['content-type']))) {
    return { is: 'reply', reply: { ok: true, status, body: null, reason: '' } };
  }
  if (expected === 'multipart')
    return { is: uncertain, reason: asKept(say`${reason}, but the answer has no parts`) };
  if (json.is !== 'json')
    return {
      is: uncertain,
      reason: asKept(
        json.is === 'empty'
          ? say`${reason}, but the answer is empty`
          : say`${reason}, but the answer is not JSON`,
      ),
    };
  return { is: 'reply', reply: { ok: true, status, body: json.value, reason: '' } };
}

const isPage = (contentType = ''): boolean => /^(text\/html|application\/xhtml\+xml)\b/i.test(contentType);

type Parsed = { readonly is: 'json'; readonly value: unknown } | { readonly is: 'empty' | 'not JSON' };

function parseJson(contentType: string | undefined, body: Buffer): Parsed {
  if (body.length === 0) return { is: 'empty' };
  if (!/^application\/([\w.-]+\+)?json\s*(;|$)/i.test(contentType ?? '')) return { is: 'not JSON' };
  try {
    return { is: 'json', value: JSON.parse(textOf(body) ?? '') };
  } catch {
    return { is: 'not JSON' };
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** null when it is not UTF-8 */
function textOf(body: Buffer): string | null {
  try {
    return utf8.decode(body);
  } catch {
    return null;
  }
}
