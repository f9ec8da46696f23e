import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { InLanguage, orProblem, RequireRole } from '#platform';
import { withReasonIn, type Language } from '#words';
import { DriverCabinet } from '../delivery/driver-cabinet.ts';
import { reachTarget } from '../observation/reach-target.ts';
import { targetPath } from '../operations/schemas.ts';
import { refuseUnknown } from './refuse-unknown.ts';
import { retiredInUse } from './retired-in-use.ts';
import * as schemas from './schemas.ts';
import { usesOfCode } from './uses-of-code.ts';

const longestMs = 20_000;

@ApiTags('usage')
@Controller('api/v1/targets')
export class UsesController {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(DriverCabinet) private readonly drivers: DriverCabinet,
  ) {}

  @Get(':id/uses')
  @RequireRole('operator', 'administrator')
  @ApiOperation({
    summary: 'Retired codes that a target uses still; with a code, what is to be tagged with something else',
  })
  @ApiOkResponse({ standardSchema: z.union([schemas.retiredInUse, schemas.usesOfCode]) })
  async uses(
    @Param({ schema: targetPath }) { id }: z.output<typeof targetPath>,
    @Query({ schema: schemas.usesQuery }) { code, ...page }: schemas.UsesQuery,
    @InLanguage() language: Language,
  ): Promise<schemas.RetiredInUse | schemas.UsesOfCode> {
    const target = { id, ...orProblem(await reachTarget(this.db, this.drivers, id)) };
    if (code !== undefined) orProblem((await refuseUnknown(this.db, target.scheme, [code])) ?? true);
    const signal = AbortSignal.timeout(longestMs);
    const found =
      code === undefined
        ? orProblem(await retiredInUse(this.db, target, page, signal))
        : await usesOfCode(this.db, target, code, page, signal);
    return withReasonIn(language)(found);
  }
}
