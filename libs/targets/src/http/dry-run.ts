import { TargetError, type Trouble } from '../driver.ts';
import { credentialsOf } from './credentials.ts';
import type { HttpRequest } from './exchange.ts';
import { withoutSecrets } from './witness.ts';

/** A write as it would have gone over the wire; without secrets, and of its headers only what the body is. */
export interface DryRequest {
  readonly method: string;
  readonly path: string;
  readonly contentType: string | null;
  readonly body: string | null;
  /** False: the body goes on beyond what is shown. */
  readonly isWhole: boolean;
}

const dryReason = 'a dry run: it was not sent';

/** Whether an answer is that of a dry run, and not about a target in trouble. */
export const isOfDryRun = ({ is, reason }: Trouble): boolean => is === 'failing' && reason === dryReason;

/** A write of a dry run, which was told and not sent. It says nothing about the target, so others are told too. */
export class NotSent extends TargetError {
  constructor() {
    super({ is: 'failing', reason: dryReason });
  }
}

const mostBytes = 16 * 1024;

export function toDryRequest({ method, path, headers, body }: HttpRequest, secret: string): DryRequest {
  const secrets = [secret, credentialsOf(headers['authorization'])];
  return {
    method,
    path: withoutSecrets(path, secrets),
    contentType: headers['content-type'] ?? null,
    body: body === null ? null : withoutSecrets(body, secrets),
    isWhole: body === null || Buffer.byteLength(body) <= mostBytes,
  };
}
