import { Body, Controller, HttpCode, Inject, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import {
  usageAnswerSchema,
  usageBodySchema,
  usageQuerySchema,
  type UsageAnswer,
  type UsageBody,
  type UsageQuery,
} from '#contracts';
import { InLanguage, orProblem, RequireRole } from '#platform';
import { withReasonIn, type Language } from '#words';
import { DriverCabinet } from '../delivery/driver-cabinet.ts';
import { countUsage, type UsageLimits } from './count-usage.ts';
import { refuseUnknown } from './refuse-unknown.ts';

const limits: UsageLimits = { targetMs: 5_000, pageMs: 30_000 };

@ApiTags('usage')
@Controller('api/v1')
export class UsageController {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(DriverCabinet) private readonly drivers: DriverCabinet,
  ) {}

  @Post('usage')
  @HttpCode(200)
  @RequireRole('operator', 'editor', 'approver', 'administrator')
  @ApiOperation({ summary: 'How many things in the targets use the records of some codes or concepts' })
  @ApiOkResponse({ standardSchema: usageAnswerSchema })
  async countUses(
    @Body({ schema: usageBodySchema }) body: UsageBody,
    @Query({ schema: usageQuerySchema }) query: UsageQuery,
    @InLanguage() language: Language,
  ): Promise<UsageAnswer> {
    orProblem((await refuseUnknown(this.db, body.scheme, body.codes)) ?? true);
    const counted = await countUsage(this.db, this.drivers, body, query, limits);
    return { ...counted, targets: counted.targets.map(withReasonIn(language)) };
  }
}
