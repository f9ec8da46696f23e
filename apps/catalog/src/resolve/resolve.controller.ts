import { Readable } from 'node:stream';
import {
  resolveAnswerSchema,
  resolveBatchAnswerSchema,
  resolveBatchSchema,
  resolveManySchema,
  resolveSchema,
  schemePathSchema,
  type ResolveAnswer,
} from '#contracts';
import { InLanguage, isRefusal, orProblem, refuse, RequireRole, SchemaIssues } from '#platform';
import { inWords, say, type Language } from '#words';
import { Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { answerTo, pointsOf } from './answer-to.ts';
import { LineAnswers } from './line-answers.ts';
import { csvAnswer, layoutOf, readFirstLine, resolveCsv, sepLine } from './resolve-csv.ts';
import { ndjsonAnswer, resolveNdjson } from './resolve-ndjson.ts';
import { SchemeHistories, type SchemeHistory } from './scheme-histories.ts';

type Asked = z.output<typeof resolveManySchema>;
type SchemePath = z.output<typeof schemePathSchema>;

@ApiTags('resolve')
@Controller('api/v1/schemes/:scheme/resolve')
export class ResolveController {
  constructor(private readonly histories: SchemeHistories) {}

  @Get()
  @ApiOperation({
    summary: 'What a code of one revision, edition or day is in another; every meaning without `from`',
  })
  @ApiOkResponse({ standardSchema: resolveAnswerSchema })
  async resolveOne(
    @Param({ schema: schemePathSchema }) { scheme }: SchemePath,
    @Query({ schema: resolveSchema }) { code, ...asked }: z.output<typeof resolveSchema>,
  ): Promise<ResolveAnswer> {
    const history = orProblem(await this.histories.get(scheme));
    return answerTo(history, { code, ...orProblem(pointsOf(history, asked)) });
  }

  @Post()
  @HttpCode(200)
  @RequireRole('reader', 'editor', 'approver', 'operator', 'auditor', 'administrator')
  @ApiConsumes('application/json', 'application/x-ndjson', 'text/csv')
  @ApiProduces('application/json', 'application/x-ndjson', 'text/csv')
  @ApiBody({
    schema: { type: 'object', properties: { items: { type: 'array', items: { type: 'string' } } } },
  })
  @ApiOperation({
    summary: 'Many codes: as one JSON document, or as a stream of NDJSON or CSV, answered line by line',
  })
  @ApiOkResponse({ standardSchema: resolveBatchAnswerSchema })
  async resolveMany(
    @Param({ schema: schemePathSchema }) { scheme }: SchemePath,
    @Query({ schema: resolveManySchema }) asked: Asked,
    @InLanguage() language: Language,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const history = orProblem(await this.histories.get(scheme));
    const { body } = request;
    if (!(body instanceof Readable)) return void reply.send(resolveBatch(history, asked, body, language));
    const isCsv = request.headers['content-type']?.startsWith('text/csv') ?? false;
    const answered = isCsv
      ? await csvStream(history, asked, body, language)
      : ndjsonStream(history, asked, body, language);
    void reply
      .type(`${isCsv ? 'text/csv' : 'application/x-ndjson'}; charset=utf-8`)
      .send(Readable.from(answered, { objectMode: false }));
  }
}

function resolveBatch(
  history: SchemeHistory,
  asked: Asked,
  body: unknown,
  language: Language,
): { items: (ResolveAnswer | { code: string; error: string })[] } {
  const parsed = resolveBatchSchema.safeParse(body);
  if (!parsed.success) throw new SchemaIssues(parsed.error.issues);
  orProblem(pointsOf(history, asked));
  const items = parsed.data.items.map((item) => {
    const points = pointsOf(history, { ...asked, ...item });
    if (isRefusal(points))
      return { code: item.code, error: inWords(points.detail ?? points.title, language) };
    return answerTo(history, { code: item.code, ...points });
  });
  return { items };
}

function ndjsonStream(
  history: SchemeHistory,
  asked: Asked,
  body: Readable,
  language: Language,
): AsyncGenerator<Buffer> {
  const { from, to } = orProblem(pointsOf(history, asked));
  return resolveNdjson(body, new LineAnswers(history, from, to, ndjsonAnswer, language));
}

async function csvStream(
  history: SchemeHistory,
  asked: Asked,
  body: Readable,
  language: Language,
): Promise<AsyncGenerator<Buffer>> {
  const { from, to } = orProblem(pointsOf(history, asked));
  const pieces = body[Symbol.asyncIterator]();
  const first = await readFirstLine(pieces);
  const sep = first.line !== null && sepLine.test(first.line) ? first.line : null;
  const { line: header, rest } = sep === null ? first : await readFirstLine(pieces, first.rest);
  if (header === null)
    return orProblem<AsyncGenerator<Buffer>>(
      refuse('header-missing', { title: say`The CSV has no header line` }),
    );
  const layout = orProblem(layoutOf(header, asked, sep));
  const answers = new LineAnswers(history, from, to, csvAnswer(layout.delimiter, language), language);
  return resolveCsv(pieces, rest, layout, answers);
}
