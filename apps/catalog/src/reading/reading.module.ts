import { Module } from '@nestjs/common';
import { EntriesController } from './entries.controller.ts';
import { PublishedReads } from './published-reads.ts';
import { RevisionsController } from './revisions.controller.ts';
import { RevisionsInMemory } from './revisions-in-memory.ts';

/** The published map, for everybody. */
@Module({
  controllers: [EntriesController, RevisionsController],
  providers: [PublishedReads, RevisionsInMemory],
})
export class ReadingModule {}
