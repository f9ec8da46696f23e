import { Module } from '@nestjs/common';
import { ResolveModule } from '../resolve/resolve.module.ts';
import { DocumentsController } from './documents.controller.ts';

@Module({ imports: [ResolveModule], controllers: [DocumentsController] })
export class DocumentsModule {}
