import { Module } from '@nestjs/common';
import { ExportController } from './export.controller.ts';
import { SkosExportController } from './skos/skos-export.controller.ts';

@Module({ controllers: [ExportController, SkosExportController] })
export class ExportModule {}
