import type { FastifyInstance } from 'fastify';
import type { ServerName } from '../servers.ts';

/** One simulated server: a Fastify plugin with its own content types, sign-in and words for errors. */
export interface SimulatedServer {
  readonly name: ServerName;
  /** Below which its addresses are: `/crm`. */
  readonly prefix: string;
  /** Of its answers. */
  readonly contentType: string;
  /** The protocol's own body for a server that is busy or down. */
  readonly busy: (status: number) => unknown;
  routes(scope: FastifyInstance): void;
}
