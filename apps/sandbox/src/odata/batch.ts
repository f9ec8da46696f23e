import { randomUUID } from 'node:crypto';
import { badRequest, ODataError } from './odata-error.ts';
import type { ODataStore } from './odata.store.ts';
import { parseParts, type Part } from './parse-parts.ts';
import type { ODataAnswer, ODataRequest, Requests } from './requests.ts';

const mostRequests = 1000;

/** The first refusal in a change set, which undoes all of it. */
class RollBack extends Error {
  constructor(readonly answer: ODataAnswer) {
    super('rolled back');
  }
}

/**
 * Runs the change sets and single requests of a batch in their order. The first that is refused ends it, and its status
 * is that of the whole, unless the client prefers `odata.continue-on-error`.
 * @param servicePath of the service, from the root of the host on
 */
export function runBatch(
  contentType: string,
  body: string,
  prefer: string,
  servicePath: string,
  requests: Requests,
  store: ODataStore,
): { readonly status: number; readonly contentType: string; readonly body: string } {
  const parts = parseParts(contentType, body);
  if (countOf(parts) > mostRequests) throw badRequest(`A batch holds at most ${mostRequests} requests`);
  const goesOn = /odata\.continue-on-error/.test(prefer);
  const boundary = `batchresponse_${randomUUID()}`;
  const lines: string[] = [];
  let status = 200;
  for (const part of parts) {
    const answers =
      'parts' in part
        ? changeSet(part.parts, servicePath, requests, store)
        : [requests.answer(read(part, servicePath))];
    const isRefused = answers.some((answer) => answer.status >= 400);
    lines.push(
      `--${boundary}`,
      ...('parts' in part && !isRefused
        ? renderChangeSet(part.parts, answers)
        : renderAnswer(answers[0]!, null)),
    );
    if (isRefused && !goesOn) {
      status = answers[0]!.status;
      break;
    }
  }
  return {
    status,
    contentType: `multipart/mixed; boundary=${boundary}`,
    body: [...lines, `--${boundary}--`, ''].join('\r\n'),
  };
}

function changeSet(
  parts: readonly Part[],
  servicePath: string,
  requests: Requests,
  store: ODataStore,
): ODataAnswer[] {
  try {
    return store.transaction(() =>
      parts.map((part) => {
        if ('parts' in part) throw badRequest('A change set holds no change set');
        const request = read(part, servicePath);
        const answer =
          request.method === 'GET' ? { status: 400, headers: {}, body: undefined } : requests.answer(request);
        if (answer.status >= 400) throw new RollBack(answer);
        return answer;
      }),
    );
  } catch (error) {
    if (error instanceof RollBack) return [error.answer];
    throw error;
  }
}

/** `PATCH /odata/api/data/v9.2/mappa_activities(…) HTTP/1.1`, or with the host, or relative to the service. */
function read({ request }: Extract<Part, { request: unknown }>, servicePath: string): ODataRequest {
  const { method, address, headers, body } = request;
  const path = address.replace(/^https?:\/\/[^/]+/, '');
  if (path.startsWith('/') && !path.startsWith(`${servicePath}/`)) {
    throw new ODataError(404, '0x8006088a', `Resource not found for the segment '${path}'.`);
  }
  return { method, target: path.replace(`${servicePath}/`, ''), headers, body };
}

function renderChangeSet(parts: readonly Part[], answers: readonly ODataAnswer[]): string[] {
  const boundary = `changesetresponse_${randomUUID()}`;
  return [
    `Content-Type: multipart/mixed; boundary=${boundary}`,
    '',
    ...answers.flatMap((answer, i) => {
      const part = parts[i];
      return [`--${boundary}`, ...renderAnswer(answer, part && 'request' in part ? part.contentId : null)];
    }),
    `--${boundary}--`,
  ];
}

function renderAnswer({ status, headers, body }: ODataAnswer, contentId: string | null): string[] {
  return [
    'Content-Type: application/http',
    'Content-Transfer-Encoding: binary',
    ...(contentId === null ? [] : [`Content-ID: ${contentId}`]),
    '',
    `HTTP/1.1 ${status} ${status < 300 ? 'OK' : 'Refused'}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ...(body === undefined ? [] : ['Content-Type: application/json; odata.metadata=minimal']),
    'OData-Version: 4.0',
    '',
    body === undefined ? '' : JSON.stringify(body),
  ];
}

const countOf = (parts: readonly Part[]): number =>
  parts.reduce((sum, part) => sum + ('parts' in part ? countOf(part.parts) : 1), 0);
