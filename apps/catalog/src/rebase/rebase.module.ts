import { Module } from '@nestjs/common';
import { ResolveModule } from '../resolve/resolve.module.ts';
import { UndoController } from '../undo/undo.controller.ts';
import { RebaseController } from './rebase.controller.ts';

/** Brings drafts onto another map: the newest, or an earlier one. */
@Module({ imports: [ResolveModule], controllers: [RebaseController, UndoController] })
export class RebaseModule {}
