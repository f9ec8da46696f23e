import { Module } from '@nestjs/common';
import { EntriesController } from './entries.controller.ts';
import { RevisionsController } from './revisions.controller.ts';

/** The published map, for everybody. */
@Module({ controllers: [EntriesController, RevisionsController] })
export class ReadingModule {}
