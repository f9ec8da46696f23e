import { Module } from '@nestjs/common';
import { HoldingsModule } from '../holdings.module.ts';
import { PageController } from './page.controller.ts';

@Module({ imports: [HoldingsModule], controllers: [PageController] })
export class PageModule {}
