import { Module } from '@nestjs/common';
import { DraftEntriesController } from './draft-entries.controller.ts';
import { DraftHistoryController } from './draft-history.controller.ts';
import { DraftsController } from './drafts.controller.ts';
import { MovesController } from './moves.controller.ts';

@Module({ controllers: [DraftsController, DraftEntriesController, DraftHistoryController, MovesController] })
export class DraftsModule {}
