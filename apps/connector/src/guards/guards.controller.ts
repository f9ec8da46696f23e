import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { plansAnswerSchema, plansBodySchema, type PlansAnswer, type PlansBody } from '#contracts';
import { orProblem, RequireRole } from '#platform';
import { DriverCabinet } from '../delivery/driver-cabinet.ts';
import { planByProfile } from './plan-by-profile.ts';

@ApiTags('guards')
@Controller('api/v1')
export class GuardsController {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(DriverCabinet) private readonly drivers: DriverCabinet,
  ) {}

  @Post('plans')
  @HttpCode(200)
  @RequireRole('editor', 'approver', 'operator')
  @ApiOperation({ summary: 'What a change set means for the targets of each profile; nothing is changed' })
  @ApiOkResponse({ standardSchema: plansAnswerSchema })
  async plan(@Body({ schema: plansBodySchema }) body: PlansBody): Promise<PlansAnswer> {
    return orProblem(await planByProfile(this.db, this.drivers, body));
  }
}
