import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { InLanguage, orProblem, RequireRole } from '#platform';
import { withReasonIn, type Language } from '#words';
import { findTarget, unknownTarget } from '../operations/act.ts';
import { targetPath } from '../operations/schemas.ts';
import { readAttempts } from './read-attempts.ts';
import * as schemas from './schemas.ts';

@ApiTags('operations')
@Controller('api/v1')
export class AttemptsController {
  constructor(@Inject(DataSource) private readonly db: DataSource) {}

  @Get('targets/:id/attempts')
  @RequireRole('operator', 'administrator')
  @ApiOperation({
    summary: 'What was sent to a target and not taken, with the answers; and each turn summed up',
  })
  @ApiOkResponse({ standardSchema: schemas.attemptsAnswer })
  async getAttempts(
    @Param({ schema: targetPath }) { id }: z.output<typeof targetPath>,
    @Query({ schema: schemas.attemptsQuery }) query: schemas.AttemptsQuery,
    @InLanguage() language: Language,
  ): Promise<z.infer<typeof schemas.attemptsAnswer>> {
    orProblem((await findTarget(this.db, id)) ?? unknownTarget(id));
    const { attempts, next } = await readAttempts(this.db, id, query);
    return { target: id, attempts: attempts.map(withReasonIn(language)), next };
  }
}
