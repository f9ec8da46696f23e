import { Module } from '@nestjs/common';
import { MatchingController } from './matching.controller.ts';
import { RecentMatchings } from './recent-matchings.ts';

@Module({ controllers: [MatchingController], providers: [RecentMatchings] })
export class MatchingModule {}
