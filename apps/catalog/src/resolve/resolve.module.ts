import { Module } from '@nestjs/common';
import { ResolveController } from './resolve.controller.ts';
import { SchemeHistories } from './scheme-histories.ts';

/** What old codes are today. */
@Module({ controllers: [ResolveController], providers: [SchemeHistories], exports: [SchemeHistories] })
export class ResolveModule {}
