import { comparePathSchema, documentQuerySchema, revisionPathSchema } from '#contracts';
import { orProblem } from '#platform';
import type { Language } from '#words';
import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { answerOf, sendAnswer, type Answer } from '../reading/answer.ts';
import { findRevision } from '../reading/find-revision.ts';
import { readOrdered } from '../reading/read-tree.ts';
import { fileName } from '../export/answer-file.ts';
import { AnswersFile } from './answers-file.ts';
import { changeSetJson } from './change-set-json.ts';
import { concordanceCsv, concordanceXlsx } from './concordance-table.ts';
import { AnswerCache } from '../reading/answer-cache.ts';
import { documentLanguage } from './document-language.ts';
import { findPair } from './find-pair.ts';
import { loadComparison, type Comparison } from './load-comparison.ts';
import { notesHtml } from './notes-html.ts';
import { notesMarkdown } from './notes-markdown.ts';
import { printMap } from './print-map.ts';
import { releaseNotes } from './release-notes.ts';
import { SchemeHistories } from '../resolve/scheme-histories.ts';

type ComparePath = z.output<typeof comparePathSchema>;
type RevisionPath = z.output<typeof revisionPathSchema>;
type DocumentQuery = z.output<typeof documentQuerySchema>;

const maxBytes = 64 * 1024 * 1024;
const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/**
 * What people and machines read about published revisions. A revision never changes; what is said of two of them does
 * when a historical edition is placed later, so caches ask again for that.
 */
@ApiTags('documents')
@Controller('api/v1/schemes/:scheme')
export class DocumentsController {
  private readonly documents = new AnswerCache(maxBytes);

  constructor(
    private readonly db: DataSource,
    private readonly histories: SchemeHistories,
  ) {}

  @Get('compare/:from/:to/release-notes.html')
  @AnswersFile('text/html')
  @ApiOperation({ summary: 'What changed between two revisions, in plain words, as a page (document)' })
  notesPage(
    @Param({ schema: comparePathSchema }) path: ComparePath,
    @Query({ schema: documentQuerySchema }) { lang }: DocumentQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.answer(
      path,
      lang,
      { name: 'release-notes.html', type: 'text/html', make: asPage },
      request,
      reply,
    );
  }

  @Get('compare/:from/:to/release-notes.md')
  @AnswersFile('text/markdown')
  @ApiOperation({ summary: 'What changed between two revisions, in plain words, as Markdown (document)' })
  notesText(
    @Param({ schema: comparePathSchema }) path: ComparePath,
    @Query({ schema: documentQuerySchema }) { lang }: DocumentQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.answer(
      path,
      lang,
      { name: 'release-notes.md', type: 'text/markdown', make: asText },
      request,
      reply,
    );
  }

  @Get('compare/:from/:to/raccordo.csv')
  @AnswersFile('text/csv')
  @ApiOperation({ summary: 'The table old code -> new code between two revisions, as CSV (document)' })
  concordance(
    @Param({ schema: comparePathSchema }) path: ComparePath,
    @Query({ schema: documentQuerySchema }) { lang }: DocumentQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.answer(
      path,
      lang,
      { name: 'raccordo.csv', type: 'text/csv', make: concordanceCsv },
      request,
      reply,
    );
  }

  @Get('compare/:from/:to/raccordo.xlsx')
  @AnswersFile(xlsxType)
  @ApiOperation({ summary: 'The table old code -> new code between two revisions, as a workbook (document)' })
  concordanceWorkbook(
    @Param({ schema: comparePathSchema }) path: ComparePath,
    @Query({ schema: documentQuerySchema }) { lang }: DocumentQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.answer(
      path,
      lang,
      { name: 'raccordo.xlsx', type: xlsxType, make: concordanceXlsx },
      request,
      reply,
    );
  }

  @Get('compare/:from/:to/change-set.json')
  @AnswersFile('application/json')
  @ApiOperation({ summary: 'Changes and successions between two revisions, for machines (document)' })
  changeSet(
    @Param({ schema: comparePathSchema }) path: ComparePath,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const file = { name: 'change-set.json', type: 'application/json', make: changeSetJson };
    return this.answer(path, 'en', file, request, reply);
  }

  @Get('revisions/:revision/print.html')
  @AnswersFile('text/html')
  @ApiOperation({ summary: 'A revision as a page that prints like the official document (document)' })
  async print(
    @Param({ schema: revisionPathSchema }) { scheme, revision }: RevisionPath,
    @Query({ schema: documentQuerySchema }) { lang }: DocumentQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const found = orProblem(await findRevision(this.db.manager, scheme, revision));
    const language = documentLanguage(request, reply, lang);
    const answer = await this.kept([scheme, revision, 'print', language], async () =>
      answerOf(printMap(found, await readOrdered(this.db, found), language), typeOf('text/html')),
    );
    send(request, reply, `${fileName(found)}-print.html`, answer, true);
  }

  private async answer(
    { scheme, from, to }: ComparePath,
    lang: Language | undefined,
    file: {
      readonly name: string;
      readonly type: string;
      readonly make: (comparison: Comparison, language: Language) => string | Promise<Buffer>;
    },
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const pair = orProblem(await findPair(this.db.manager, scheme, from, to));
    const language = documentLanguage(request, reply, lang);
    const history = orProblem(await this.histories.get(scheme));
    // A historical edition that is placed later may tell that what looked new was there before.
    const made = [scheme, history.lowest, pair.from.number, pair.to.number, file.name, language];
    const answer = await this.kept(made, async () => {
      const comparison = await loadComparison(this.db, history, pair.from, pair.to);
      return answerOf(await file.make(comparison, language), typeOf(file.type));
    });
    const name = `${fileName(pair.from)}-${pair.to.number}-${file.name}`;
    send(request, reply, name, answer, false);
  }

  /** @param from everything that the document is made of; revisions never change */
  private async kept(from: readonly (string | number)[], make: () => Promise<Answer>): Promise<Answer> {
    const key = JSON.stringify(from);
    return this.documents.get(key) ?? this.documents.make(key, make);
  }
}

const asPage = (comparison: Comparison, language: Language) => notesHtml(releaseNotes(comparison, language));
const asText = (comparison: Comparison, language: Language) =>
  notesMarkdown(releaseNotes(comparison, language));

function typeOf(mediaType: string): string {
  return mediaType === xlsxType ? mediaType : `${mediaType}; charset=utf-8`;
}

/** Pages and texts are shown; what a browser cannot show, or would show as text, is saved. Both have a name to be saved by. */
function send(
  request: FastifyRequest,
  reply: FastifyReply,
  name: string,
  answer: Answer,
  isPinned: boolean,
): void {
  const how = /\.(csv|xlsx)$/.test(name) ? 'attachment' : 'inline';
  void reply
    .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'")
    .header('content-disposition', `${how}; filename="${name}"`);
  sendAnswer(request, reply, answer, isPinned);
}
