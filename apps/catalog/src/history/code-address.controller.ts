import {
  codeAnswerSchema,
  editionCodeAnswerSchema,
  editionCodePathSchema,
  revisionCodePathSchema,
  type ResolveAnswer,
} from '#contracts';
import { orProblem } from '#platform';
import type { Code, PlacedEntry } from '#taxonomy';
import { Controller, Get, Inject, Param, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { permanentUris, type PermanentUris } from '../addresses/permanent-uris.ts';
import { publicOrigin } from '../addresses/public-origin.ts';
import type { CatalogConfig } from '../config.ts';
import { CONFIG } from '../config.module.ts';
import { findEntry } from '../reading/find-entry.ts';
import { findRevision } from '../reading/find-revision.ts';
import { answerTo, pointsOf } from '../resolve/answer-to.ts';
import { SchemeHistories, type SchemeHistory } from '../resolve/scheme-histories.ts';
import { findEditionCode } from './find-edition-code.ts';

type EditionCodePath = z.output<typeof editionCodePathSchema>;
type RevisionCodePath = z.output<typeof revisionCodePathSchema>;

interface CodeAnswer {
  readonly scheme: string;
  readonly edition: string;
  readonly code: Code;
  /** Of an edition the last one in which the code stood for this. */
  readonly revision: number;
  /** Permanent address of what it means. */
  readonly concept: string;
  readonly entry: PlacedEntry;
  readonly today: ResolveAnswer;
}

@ApiTags('history')
@Controller('api/v1/schemes/:scheme')
export class CodeAddressController {
  constructor(
    private readonly db: DataSource,
    private readonly histories: SchemeHistories,
    @Inject(CONFIG) private readonly config: CatalogConfig,
  ) {}

  @Get('editions/:edition/codes/:code')
  @ApiOperation({
    summary:
      'A code at its permanent address: what it meant in an edition, the address of its concept, and what it is today',
  })
  @ApiOkResponse({ standardSchema: editionCodeAnswerSchema })
  async getEditionCode(
    @Param({ schema: editionCodePathSchema }) { scheme, edition, code }: EditionCodePath,
    @Req() request: FastifyRequest,
  ): Promise<CodeAnswer & { readonly alsoMeant: readonly string[] }> {
    const history = orProblem(await this.histories.get(scheme));
    const [first, ...others] = orProblem(findEditionCode(history, edition, code));
    const uris = permanentUris(publicOrigin(this.config, request), scheme);
    const alsoMeant = others.map(({ from }) => uris.codeOfRevision(from, code));
    return { ...(await this.meantIn(history, first.through, code, uris)), alsoMeant };
  }

  @Get('revisions/:revision/codes/:code')
  @ApiOperation({
    summary: 'A code of a revision at its permanent address, as that of an edition',
  })
  @ApiOkResponse({ standardSchema: codeAnswerSchema })
  async getRevisionCode(
    @Param({ schema: revisionCodePathSchema }) { scheme, revision, code }: RevisionCodePath,
    @Req() request: FastifyRequest,
  ): Promise<CodeAnswer> {
    const history = orProblem(await this.histories.get(scheme));
    const uris = permanentUris(publicOrigin(this.config, request), scheme);
    return this.meantIn(history, revision, code, uris);
  }

  private async meantIn(
    history: SchemeHistory,
    revision: number,
    code: Code,
    uris: PermanentUris,
  ): Promise<CodeAnswer> {
    const { schemeId: scheme } = history;
    const found = orProblem(await findRevision(this.db.manager, scheme, revision));
    const entry = orProblem(await findEntry(this.db, found, code));
    const { from, to } = orProblem(pointsOf(history, { from: String(revision) }));
    return {
      scheme,
      edition: found.edition.label,
      code,
      revision,
      concept: uris.concept(entry.conceptId),
      entry,
      today: answerTo(history, { code, from, to }),
    };
  }
}
