import { atRevisionSchema, schemePathSchema } from '#contracts';
import { orProblem, run, sql } from '#platform';
import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import type { CatalogConfig } from '../../config.ts';
import { CONFIG } from '../../config.module.ts';
import { findRevision } from '../../reading/find-revision.ts';
import { answerFile, fileName } from '../answer-file.ts';
import { exportSkos } from './export-skos.ts';
import { permanentUris } from '../../addresses/permanent-uris.ts';
import { publicOrigin } from '../../addresses/public-origin.ts';
import type { SkosFormat } from './skos-writer.ts';

type SchemePath = z.output<typeof schemePathSchema>;
type AtRevision = z.output<typeof atRevisionSchema>;

const textFile = { schema: { type: 'string' } } as const;

@ApiTags('export')
@Controller('api/v1/schemes/:scheme')
export class SkosExportController {
  constructor(
    private readonly db: DataSource,
    @Inject(CONFIG) private readonly config: CatalogConfig,
  ) {}

  @Get('export.ttl')
  @ApiProduces('text/turtle')
  @ApiOkResponse({ content: { 'text/turtle': textFile } })
  @ApiOperation({ summary: 'A whole revision as SKOS in Turtle, which can be imported again (docs/skos.md)' })
  exportTurtle(
    @Param({ schema: schemePathSchema }) path: SchemePath,
    @Query({ schema: atRevisionSchema }) query: AtRevision,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.answer(path, query, 'turtle', request, reply);
  }

  @Get('export.jsonld')
  @ApiProduces('application/ld+json')
  @ApiOkResponse({ content: { 'application/ld+json': textFile } })
  @ApiOperation({
    summary: 'A whole revision as SKOS in JSON-LD, which can be imported again (docs/skos.md)',
  })
  exportJsonLd(
    @Param({ schema: schemePathSchema }) path: SchemePath,
    @Query({ schema: atRevisionSchema }) query: AtRevision,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.answer(path, query, 'json-ld', request, reply);
  }

  private async answer(
    { scheme }: SchemePath,
    { revision }: AtRevision,
    format: SkosFormat,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const found = orProblem(await findRevision(this.db.manager, scheme, revision));
    const origin = publicOrigin(this.config, request);
    const { ending, type } = files[format];
    answerFile(request, reply, found, {
      way: [format, origin, String(await this.lowest(scheme))],
      name: `${fileName(found)}.${ending}`,
      type,
      isPinned: false,
      content: () => exportSkos(this.db, found, format, permanentUris(origin, scheme)),
    });
  }

  /** An edition of history adds to what is known of every later revision, so no answer stays for good. */
  private async lowest(scheme: string): Promise<number> {
    const [first] = await run<{ number: number }>(
      this.db,
      sql`select min(number) as number from revision where scheme_id = ${scheme}`,
    );
    return first?.number ?? 1;
  }
}

const files = {
  turtle: { ending: 'ttl', type: 'text/turtle; charset=utf-8' },
  'json-ld': { ending: 'jsonld', type: 'application/ld+json; charset=utf-8' },
} as const;
