import { Body, Controller, Get, Header, Headers, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { ProblemException, refuse } from '#platform';
import { say } from '#words';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { faultRequest } from '../faults/fault.ts';
import { FaultBoard } from '../faults/fault-board.ts';
import { HOLDINGS, type Holdings } from '../servers.ts';
import { renderPage, stylesheet } from './render-page.ts';
import { wordsOf } from './words.ts';

const mostRows = 600;

/** What the buttons of the page do. */
const acts: Readonly<Record<string, object>> = {
  slow: { delayMs: 2_000 },
  busy: { status: 429, forMs: 30_000, retryAfter: '5' },
  down: { status: 503, forMs: 30_000, retryAfter: '5' },
  'drop-before': { drop: 'before' },
  'drop-after': { drop: 'after' },
};

const pressed = z.object({ act: z.string(), code: z.string().trim().max(255).default('') });

@Controller()
export class PageController {
  constructor(
    @Inject(FaultBoard) private readonly board: FaultBoard,
    @Inject(HOLDINGS) private readonly holdings: readonly Holdings[],
  ) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  @Header(
    'content-security-policy',
    "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  )
  @Header('cache-control', 'no-store')
  page(@Query('lang') lang?: string, @Query('q') q = ''): string {
    const words = q.trim();
    const systems = this.holdings.map((holdings) => ({
      server: holdings.server,
      count: holdings.count(),
      records: holdings.records({ words, limit: mostRows }),
      faults: this.board.inForce(holdings.server),
    }));
    return renderPage({ systems, words, limit: mostRows }, wordsOf(lang));
  }

  @Get('style.css')
  @Header('content-type', 'text/css; charset=utf-8')
  style(): string {
    return stylesheet;
  }

  /** A button of the page. Forms of other sites are refused: a browser says where a form came from. */
  @Post('faults/:server')
  press(
    @Param('server') server: string,
    @Query('lang') lang: string | undefined,
    @Body({ schema: pressed }) { act, code }: z.infer<typeof pressed>,
    @Headers('sec-fetch-site') site: string | undefined,
    @Res() reply: FastifyReply,
  ): FastifyReply {
    const holdings = this.holdings.find((one) => one.server === server);
    const isOurs = site === undefined || site === 'same-origin';
    if (!holdings || !isOurs)
      throw new ProblemException(
        refuse('not-here', { status: 403, title: say`This button belongs to another page` }),
      );
    if (act === 'clear') this.board.clear(holdings.server);
    else if (act === 'lose') holdings.lose(code);
    else if (act === 'refuse' && code)
      this.board.set(holdings.server, faultRequest.parse({ refuseCode: code }));
    else if (Object.hasOwn(acts, act)) this.board.set(holdings.server, faultRequest.parse(acts[act]));
    return reply.redirect(lang === 'en' ? '/?lang=en' : '/', 303);
  }
}
