import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { InLanguage, orProblem, RequireRole } from '#platform';
import { withReasonIn, type Language } from '#words';
import { DriverCabinet } from '../delivery/driver-cabinet.ts';
import { targetPath } from '../operations/schemas.ts';
import { dryRun } from './dry-run.ts';
import { rehearse } from './rehearse.ts';
import * as schemas from './schemas.ts';

/** Reading a target to its end may take so long. */
const longestReadMs = 120_000;

@ApiTags('rehearsal')
@Controller('api/v1')
export class RehearsalController {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(DriverCabinet) private readonly drivers: DriverCabinet,
  ) {}

  @Post('targets/:id/rehearsal')
  @HttpCode(200)
  @RequireRole('operator')
  @ApiOperation({ summary: 'What would be sent to bring a target to a revision, and what would be refused' })
  @ApiOkResponse({ standardSchema: schemas.rehearsalAnswer })
  async rehearse(
    @Param({ schema: targetPath }) { id }: z.output<typeof targetPath>,
    @Body({ schema: schemas.rehearsalBody }) body: z.output<typeof schemas.rehearsalBody>,
    @InLanguage() language: Language,
  ): Promise<schemas.Rehearsal> {
    const signal = AbortSignal.timeout(longestReadMs);
    const found = orProblem(await rehearse(this.db, this.drivers, id, body?.revision ?? null, signal));
    return { ...found, refused: found.refused.map(withReasonIn(language)) };
  }

  @Post('targets/:id/dry-run')
  @HttpCode(200)
  @RequireRole('operator')
  @ApiOperation({ summary: 'The requests that would bring a target to a revision; none that writes is sent' })
  @ApiOkResponse({ standardSchema: schemas.dryRunAnswer })
  async dryRun(
    @Param({ schema: targetPath }) { id }: z.output<typeof targetPath>,
    @Body({ schema: schemas.dryRunBody }) page: schemas.DryRunPage,
  ): Promise<schemas.DryRun> {
    const signal = AbortSignal.timeout(longestReadMs);
    return orProblem(await dryRun(this.db, this.drivers, id, page, signal));
  }
}
