import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { languageOf, say, type Sentence } from '#words';
import { statusProblem } from '../problem/problem-of.ts';
import { problemDocument } from '../problem/send-problem.ts';
import type { AnswersUnderWay } from './answers-under-way.ts';

/** What Node says of bytes that are no request: `code` as `HPE_INVALID_URL`, its own words, and the bytes as far as it has them. */
interface Unreadable extends Error {
  readonly code?: string;
  readonly reason?: string;
  readonly rawPacket?: unknown;
}

/**
 * Answers what Node cannot read as HTTP with application/problem+json, and closes the connection: nothing behind it can be read.
 * Where another answer has begun there, it is only cut off.
 */
export function refuseUnreadable(error: Unreadable, socket: Socket, underWay: AnswersUnderWay): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  if (socket.writable && !underWay.hasBegun(socket)) socket.write(answerTo(error));
  socket.destroy(error);
}

function answerTo(error: Unreadable): string {
  const head = Buffer.isBuffer(error.rawPacket) ? error.rawPacket.toString('latin1') : '';
  const [, asked] = acceptLanguage.exec(head) ?? [];
  const language = languageOf(asked);
  const status = statuses[error.code ?? ''] ?? 400;
  const refusal = statusProblem(status, status === 400 ? whyNot(error) : undefined);
  const body = JSON.stringify(problemDocument(refusal, undefined, language));
  return [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Content-Type: application/problem+json; charset=utf-8',
    `Content-Language: ${language}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
    '',
    body,
  ].join('\r\n');
}

const acceptLanguage = /^accept-language:(.*)$/im;

const statuses: Readonly<Record<string, number>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_HEADER_OVERFLOW: 431,
};

function whyNot({ code, reason, message }: Unreadable): Sentence {
  return code === 'HPE_INVALID_URL'
    ? say`The address has a character that must be percent-encoded, as any beyond ASCII: à is %C3%A0.`
    : say`In the words of the server's software: "${reason ?? message}"`;
}
