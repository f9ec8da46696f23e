import { Module } from '@nestjs/common';
import { HoldingsModule } from '../holdings.module.ts';
import { ControlController } from './control.controller.ts';

@Module({ imports: [HoldingsModule], controllers: [ControlController] })
export class ControlModule {}
