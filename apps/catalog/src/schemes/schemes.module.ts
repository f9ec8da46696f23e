import { Module } from '@nestjs/common';
import { SchemesController } from './schemes.controller.ts';

@Module({ controllers: [SchemesController] })
export class SchemesModule {}
