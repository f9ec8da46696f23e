import { Body, Controller, Get, HttpCode, Inject, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { Actor, InLanguage, orProblem, RequireRole, type ActorIdentity } from '#platform';
import { drivers } from '#targets';
import { spoken, type Language } from '#words';
import type { ConnectorConfig } from '../config.ts';
import { CONFIG } from '../config.module.ts';
import { allowedBy } from './allowed.ts';
import { applyTargets, planMoves, planTargets } from './apply-targets.ts';
import { configuredSecrets } from './configured-secrets.ts';
import { warningsOf } from './file-warnings.ts';
import { exportRegistry, readUnlisted } from './export-registry.ts';
import { movesInWords } from './kept-records.ts';
import * as schemas from './schemas.ts';
import { parseTargetsFile, type TargetsFile } from './targets-file.ts';

@ApiTags('registry')
@Controller('api/v1')
export class RegistryController {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(CONFIG) private readonly config: ConnectorConfig,
  ) {}

  @Get('targets-file')
  @RequireRole('administrator')
  @ApiOperation({ summary: 'What is registered, as a file that changes nothing when it is applied' })
  @ApiOkResponse({ standardSchema: schemas.targetsFileAnswer })
  getFile(): Promise<TargetsFile> {
    return exportRegistry(this.db);
  }

  @Get('targets-file/unlisted')
  @RequireRole('operator', 'administrator')
  @ApiOperation({ summary: 'Targets that the file names no more, in pages; they keep their records' })
  @ApiOkResponse({ standardSchema: schemas.unlistedAnswer })
  getUnlisted(
    @Query({ schema: schemas.unlistedQuery }) query: z.output<typeof schemas.unlistedQuery>,
  ): Promise<schemas.UnlistedPage> {
    return readUnlisted(this.db, query);
  }

  @Post('targets-file')
  @HttpCode(200)
  @RequireRole('administrator')
  @ApiOperation({
    summary:
      'Make organisations, systems, profiles and targets equal to a file, or say what that would change',
  })
  @ApiOkResponse({ standardSchema: schemas.registryChangesAnswer })
  async takeFile(
    @Body({ schema: schemas.fileBody }) body: z.output<typeof schemas.fileBody>,
    @Query({ schema: schemas.fileQuery }) { dryRun, ...seen }: z.output<typeof schemas.fileQuery>,
    @Actor() actor: ActorIdentity,
    @InLanguage() language: Language,
  ): Promise<schemas.RegistryChangesAnswer> {
    const { SANDBOX_URL } = this.config;
    const names = SANDBOX_URL ? { SANDBOX_URL } : {};
    const file = orProblem(parseTargetsFile(JSON.stringify(body), drivers, names, allowedBy(this.config)));
    const moves = seen.sameRecords ? movesInWords(await planMoves(this.db, file)) : [];
    const changes = orProblem(
      dryRun
        ? await planTargets(this.db, file, seen.sameRecords)
        : await applyTargets(this.db, file, actor, seen),
    );
    const warnings = await warningsOf(this.db, file, configuredSecrets(this.config));
    return { applied: !dryRun, changes, warnings: spoken([...moves, ...warnings], language) };
  }
}
