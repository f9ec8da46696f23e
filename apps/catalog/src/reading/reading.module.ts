import { Module } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import { EntriesController } from './entries.controller.ts';
import { PublishedReads } from './published-reads.ts';
import { RevisionsController } from './revisions.controller.ts';
import { RevisionsInMemory } from './revisions-in-memory.ts';

/** The published map, for everybody. Guards and pipes see an address once; what was answered is then sent from memory. */
@Module({
  controllers: [EntriesController, RevisionsController],
  providers: [PublishedReads, RevisionsInMemory],
})
export class ReadingModule {
  constructor({ httpAdapter }: HttpAdapterHost<FastifyAdapter>, reads: PublishedReads) {
    httpAdapter.getInstance().addHook('onRequest', (request, reply, done) => {
      if (!reads.answerAgain(request, reply)) done();
    });
  }
}
