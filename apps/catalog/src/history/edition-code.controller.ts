import { editionCodeAnswerSchema, editionCodePathSchema, type ResolveAnswer } from '#contracts';
import { orProblem } from '#platform';
import type { Code, PlacedEntry } from '#taxonomy';
import { Controller, Get, Inject, Param, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { permanentUris } from '../addresses/permanent-uris.ts';
import { publicOrigin } from '../addresses/public-origin.ts';
import type { CatalogConfig } from '../config.ts';
import { CONFIG } from '../config.module.ts';
import { findEntry } from '../reading/find-entry.ts';
import { findRevision } from '../reading/find-revision.ts';
import { answerTo, pointsOf } from '../resolve/answer-to.ts';
import { SchemeHistories } from '../resolve/scheme-histories.ts';
import { findEditionCode } from './find-edition-code.ts';

type EditionCodePath = z.output<typeof editionCodePathSchema>;

interface EditionCode {
  readonly scheme: string;
  readonly edition: string;
  readonly code: Code;
  /** The last one of the edition that has the code. */
  readonly revision: number;
  /** Permanent address of what it means. */
  readonly concept: string;
  readonly entry: PlacedEntry;
  readonly today: ResolveAnswer;
}

@ApiTags('history')
@Controller('api/v1/schemes/:scheme/editions/:edition/codes')
export class EditionCodeController {
  constructor(
    private readonly db: DataSource,
    private readonly histories: SchemeHistories,
    @Inject(CONFIG) private readonly config: CatalogConfig,
  ) {}

  @Get(':code')
  @ApiOperation({
    summary:
      'A code at its permanent address: what it meant in an edition, the address of its concept, and what it is today',
  })
  @ApiOkResponse({ standardSchema: editionCodeAnswerSchema })
  async getEditionCode(
    @Param({ schema: editionCodePathSchema }) { scheme, edition, code }: EditionCodePath,
    @Req() request: FastifyRequest,
  ): Promise<EditionCode> {
    const history = orProblem(await this.histories.get(scheme));
    const { revision } = orProblem(await findEditionCode(this.db, scheme, edition, code));
    const found = orProblem(await findRevision(this.db.manager, scheme, revision));
    const entry = orProblem(await findEntry(this.db, found, code));
    const uris = permanentUris(publicOrigin(this.config, request), scheme);
    const points = orProblem(pointsOf(history, { from: String(revision) }));
    return {
      scheme,
      edition,
      code,
      revision,
      concept: uris.concept(entry.conceptId),
      entry,
      today: answerTo(history, { code, ...points }),
    };
  }
}
