import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import { LOGGER, type Logger } from '#platform';
import { CONFIG, type Config } from '../config.ts';
import { createProvider } from './provider.ts';
import { loadSigningKey } from './signing-key.ts';

const prefix = '/idp';

/** Mounts the identity provider below /idp. It reads requests and writes answers itself. */
@Module({})
export class IdentityModule implements OnModuleInit {
  constructor(
    @Inject(HttpAdapterHost) private readonly host: HttpAdapterHost<FastifyAdapter>,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async onModuleInit(): Promise<void> {
    const provider = createProvider(
      this.config.publicUrl + prefix,
      await loadSigningKey(this.config.dataDir),
    );
    provider.on('server_error', (_context, error) =>
      this.logger.error({ err: error }, 'the identity provider failed'),
    );
    const answer = provider.callback();
    this.host.httpAdapter.getInstance().register(
      (scope, _options, done) => {
        scope.removeAllContentTypeParsers();
        scope.addContentTypeParser('*', (_request, _payload, parsed) => parsed(null));
        scope.all('/*', (request, reply) => {
          reply.hijack();
          const url = request.raw.url ?? '/';
          Object.assign(request.raw, { originalUrl: url, url: url.slice(prefix.length) });
          void answer(request.raw, reply.raw);
        });
        done();
      },
      { prefix },
    );
  }
}
