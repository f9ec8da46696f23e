import { asKept, say, type Sentence } from '#words';
import { z } from 'zod';
import { tlsReason } from './tls-words.ts';

const networkError = z.object({
  code: z.string(),
  address: z.string().optional(),
  port: z.number().optional(),
  hostname: z.string().optional(),
  host: z.string().optional(),
});

/** Why a request failed on the network, for people; what is rare stays in the words of the system. */
export function networkReason(thrown: unknown): string {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const tried: unknown[] = error instanceof AggregateError ? error.errors : [error];
  const said = tried.map(plain).find((sentence) => sentence !== null);
  if (said) return asKept(said);
  const inner = tried.map((one) => (one instanceof Error ? one.message : String(one))).join('; ');
  return error.message || inner || error.name;
}

function plain(error: unknown): Sentence | null {
  const { data } = networkError.safeParse(error);
  if (!data) return null;
  const { code, address = '', port, hostname = '', host = '' } = data;
  const place = port === undefined ? address : `${address.includes(':') ? `[${address}]` : address}:${port}`;
  switch (code) {
    case 'ECONNREFUSED':
      return say`nobody listens at ${place}`;
    case 'ENOTFOUND':
      return say`no host has the name ${hostname}`;
    case 'EAI_AGAIN':
      return say`the address of ${hostname} cannot be looked up just now`;
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return say`no way leads to ${place}`;
    case 'ETIMEDOUT':
    case 'UND_ERR_CONNECT_TIMEOUT':
      return say`no connection came about in time`;
    case 'ECONNRESET':
    case 'EPIPE':
    case 'UND_ERR_SOCKET':
      return say`the other side closed the connection before it had answered`;
    default:
      return tlsReason(code, host);
  }
}
