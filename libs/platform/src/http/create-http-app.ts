import type { DynamicModule, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Registry } from 'prom-client';
import { RoleGuard } from '../authentication/role.guard.ts';
import type { Logger } from '../logging.ts';
import { NestLogger } from '../nest-logger.ts';
import { measureRequests } from '../metrics/measure-requests.ts';
import { ProblemFilter } from '../problem/problem.filter.ts';
import { problemOf } from '../problem/problem-of.ts';
import { refuseInstead } from '../problem/refuse-instead.ts';
import { sendProblem } from '../problem/send-problem.ts';
import { AnswersUnderWay } from './answers-under-way.ts';
import { boundArrival } from './bound-arrival.ts';
import { closeWithin } from './close-within.ts';
import { ignoreTypeOfNothing } from './ignore-type-of-nothing.ts';
import { KnownParametersGuard } from './known-parameters.guard.ts';
import { refuseUnreadable } from './refuse-unreadable.ts';
import { SchemaPipe } from './schema.pipe.ts';

/** A file of any type, which an app's hook marks so. */
export const fileType = 'application/vnd.mappa.file';

/** Bodies of these types may be of any length: a handler gets them as streams, and reads them piece by piece. */
const streamed = ['text/csv', 'application/x-ndjson', fileType];

const arrivalLimitMs = 60_000;

export interface HttpAppOptions {
  readonly name: string;
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
  readonly logger: Logger;
  /** Largest body of a request; 1 MiB by default. Beyond it the answer is 413. */
  readonly bodyLimitBytes?: number;
  /** `own`: the handlers have a protocol and sign-in of their own (sandbox). By default an app without RoleGuard does not start. */
  readonly authentication?: 'roles' | 'own';
}

export interface HttpApp {
  readonly nest: NestFastifyApplication;
  /** Listens. @returns the address, `http://127.0.0.1:7310` */
  start(): Promise<string>;
  /** Finishes the requests under way, for at most 3 s, then closes everything. */
  stop(): Promise<void>;
}

/** A Nest app on Fastify as all of ours are: validation by schema, problem+json, guard, request metrics, lines as streams. */
export async function createHttpApp(
  module: Type | DynamicModule,
  { name, host, port, logger, bodyLimitBytes = 1_048_576, authentication = 'roles' }: HttpAppOptions,
): Promise<HttpApp> {
  const underWay = new AnswersUnderWay();
  const adapter = new FastifyAdapter({
    bodyLimit: bodyLimitBytes,
    // Of the head Node takes care (headersTimeout), of the body boundArrival.
    requestTimeout: 0,
    keepAliveTimeout: 65_000,
    routerOptions: { maxParamLength: 500 },
    // Errors before any route is found never reach Nest's filters.
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) =>
      sendProblem(request, reply, problemOf(error)),
    clientErrorHandler: (error, socket) => refuseUnreadable(error, socket, underWay),
  });
  const nest = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    logger: new NestLogger(logger),
    abortOnError: false,
  });
  if (authentication === 'roles' && !has(nest, RoleGuard)) {
    throw new Error(`${name} would take writes from anybody: import PlatformModule with \`authentication\``);
  }
  const fastify = adapter.getInstance();
  fastify.addHook('onRequest', (_request, reply, done) => {
    underWay.add(reply.raw);
    done();
  });
  boundArrival(fastify, streamed, arrivalLimitMs);
  fastify.addContentTypeParser(streamed, (_request, body, done) => done(null, body));
  fastify.addContentTypeParser(
    'application/merge-patch+json',
    { parseAs: 'string' },
    fastify.getDefaultJsonParser('error', 'error'),
  );
  fastify.addHook('onRequest', ignoreTypeOfNothing);
  fastify.addHook('preSerialization', refuseInstead);
  if (has(nest, Registry)) measureRequests(fastify, nest.get(Registry, { strict: false }));
  nest.useGlobalPipes(new SchemaPipe());
  if (authentication === 'roles') nest.useGlobalGuards(new KnownParametersGuard());
  nest.useGlobalFilters(new ProblemFilter(logger));
  return {
    nest,
    start: async () => {
      await nest.listen(port, host);
      return nest.getUrl();
    },
    stop: () => closeWithin(3_000, () => nest.close(), nest.getHttpServer()),
  };
}

function has(nest: NestFastifyApplication, provider: Type): boolean {
  try {
    return Boolean(nest.get(provider, { strict: false }));
  } catch {
    return false;
  }
}
