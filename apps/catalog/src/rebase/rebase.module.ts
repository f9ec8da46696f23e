import { Module } from '@nestjs/common';
import { UndoController } from '../undo/undo.controller.ts';
import { RebaseController } from './rebase.controller.ts';

/** Brings drafts onto another map: the newest, or an earlier one. */
@Module({ controllers: [RebaseController, UndoController] })
export class RebaseModule {}
