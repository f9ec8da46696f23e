import type { ServerResponse } from 'node:http';
import { Controller, Get, Headers, Inject, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { orProblem, refuse } from '#platform';
import { say } from '#words';
import { Alarm } from '../delivery/alarm.ts';
import { LiveHub } from './live-hub.ts';

@ApiTags('operations')
@Controller('api/v1')
export class LiveController {
  constructor(
    @Inject(LiveHub) private readonly hub: LiveHub,
    @Inject(Alarm) private readonly alarm: Alarm,
  ) {}

  /**
   * Events `targets` (what changed, and how many are in which state), `rollouts` (how far the newest revision of a map has
   * come) and `reset` (read anew what you show).
   */
  @Get('live')
  @ApiOperation({ summary: 'What changes, as server-sent events' })
  @ApiProduces('text/event-stream')
  watch(@Headers('last-event-id') lastEventId: string | undefined, @Res() reply: FastifyReply): void {
    const { raw } = reply;
    const early: string[] = [];
    let write = (text: string): void => void early.push(text);
    const leave = this.hub.join(
      { waiting: () => raw.writableLength, write: (text) => write(text), end: () => end(raw) },
      lastEventId,
    );
    if (!leave) return tooMany();
    reply.hijack();
    raw.on('close', leave);
    raw.on('error', leave);
    raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      // Nothing follows on it, so that its end frees it at once.
      connection: 'close',
      'x-accel-buffering': 'no',
    });
    write = (text) => void raw.write(text);
    for (const text of early) write(text);
    this.alarm.ring();
  }
}

/** What was not taken until now will not be waited for. */
function end(raw: ServerResponse): void {
  if (raw.writableLength > 0) raw.destroy();
  else raw.end();
}

function tooMany(): never {
  return orProblem<never>(
    refuse('too-many-watch', {
      status: 503,
      title: say`Too many watch already`,
      detail: say`Try again later, or read the targets page by page.`,
      headers: { 'retry-after': '30' },
    }),
  );
}
