import { Module } from '@nestjs/common';
import { AddHistoryController } from './add-history.controller.ts';

/** The map through time. */
@Module({ controllers: [AddHistoryController] })
export class HistoryModule {}
