import { orProblem, type Refusal } from '#platform';
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { jsonAnswer, sendAnswer } from './answer.ts';
import { AnswerCache } from './answer-cache.ts';
import type { FoundRevision } from './find-revision.ts';
import { RevisionsInMemory } from './revisions-in-memory.ts';

const maxBytes = 64 * 1024 * 1024;

/** A part of a published revision that somebody asks for. */
export interface PublishedPart {
  readonly scheme: string;
  /** The revision in force when undefined. */
  readonly revision: number | undefined;
  /** Names the part within its revision: `entries/A1`. */
  readonly part: string;
}

/** Answers reads of published revisions from memory, with strong ETags; each is made when it is first asked for. */
@Injectable()
export class PublishedReads {
  private readonly answers = new AnswerCache(maxBytes);

  constructor(private readonly revisions: RevisionsInMemory) {}

  async answer(
    request: FastifyRequest,
    reply: FastifyReply,
    { scheme, revision, part }: PublishedPart,
    make: (found: FoundRevision) => Promise<object | Refusal>,
  ): Promise<void> {
    const found =
      this.revisions.known(scheme, revision) ?? orProblem(await this.revisions.find(scheme, revision));
    const key = `${scheme}/${found.number}/${part}`;
    const answer =
      this.answers.get(key) ??
      (await this.answers.make(key, async () => jsonAnswer(orProblem(await make(found)))));
    sendAnswer(request, reply, answer, revision !== undefined);
  }
}
