import { Module } from '@nestjs/common';
import { ImpactModule } from '../impact/impact.module.ts';
import { ReviewController } from './review.controller.ts';

@Module({ imports: [ImpactModule], controllers: [ReviewController] })
export class ReviewModule {}
