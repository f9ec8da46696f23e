import { Inject, Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import { Counter, Registry } from 'prom-client';
import { FaultBoard } from '../faults/fault-board.ts';
import { sufferFaults } from '../faults/fault-hooks.ts';
import type { SimulatedServer } from './simulated-server.ts';

/** Puts a server below its prefix, where nothing of the app around it (parsers, filters, words) reaches it, only its faults. */
@Injectable()
export class Mount {
  private readonly requests: Counter<'server' | 'status'>;

  constructor(
    @Inject(HttpAdapterHost) private readonly host: HttpAdapterHost<FastifyAdapter>,
    @Inject(FaultBoard) private readonly faults: FaultBoard,
    @Inject(Registry) registry: Registry,
  ) {
    this.requests = new Counter({
      name: 'sandbox_requests_total',
      help: 'Requests by simulated server and status',
      labelNames: ['server', 'status'],
      registers: [registry],
    });
  }

  server(server: SimulatedServer): void {
    this.host.httpAdapter.getInstance().register(
      (scope, _options, done) => {
        scope.removeAllContentTypeParsers();
        scope.addHook('onResponse', (_request, reply, next) => {
          this.requests.inc({ server: server.name, status: reply.statusCode });
          next();
        });
        sufferFaults(scope, this.faults, server);
        server.routes(scope);
        done();
      },
      { prefix: server.prefix },
    );
  }
}
