import { orProblem, type Refusal } from '#platform';
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { jsonAnswer, sendAnswer } from './answer.ts';
import { AnswerCache } from './answer-cache.ts';
import type { FoundRevision } from './find-revision.ts';
import { RevisionsInMemory } from './revisions-in-memory.ts';

const maxBytes = 64 * 1024 * 1024;
const maxAddresses = 20_000;

/** A part of a published revision that somebody asks for. */
export interface PublishedPart {
  readonly scheme: string;
  /** The revision in force when undefined. */
  readonly revision: number | undefined;
  /** Names the part within its revision: `entries/A1`. */
  readonly part: string;
}

/**
 * Answers reads of published revisions from memory, with strong ETags; each is made when it is first asked for. Only for
 * handlers that need no role: an address is answered again without asking one.
 */
@Injectable()
export class PublishedReads {
  private readonly answers = new AnswerCache(maxBytes);
  /** What was asked for under an address, with its query. */
  private readonly addresses = new Map<string, PublishedPart>();

  constructor(private readonly revisions: RevisionsInMemory) {}

  async answer(
    request: FastifyRequest,
    reply: FastifyReply,
    asked: PublishedPart,
    make: (found: FoundRevision) => Promise<object | Refusal>,
  ): Promise<void> {
    const { scheme, revision } = asked;
    const found =
      this.revisions.known(scheme, revision) ?? orProblem(await this.revisions.find(scheme, revision));
    const key = keyOf(found, asked);
    const answer =
      this.answers.get(key) ??
      (await this.answers.make(key, async () => jsonAnswer(orProblem(await make(found)))));
    this.remember(request.url, asked);
    sendAnswer(request, reply, answer, revision !== undefined);
  }

  /** Answers an address that was asked before, when nothing has to be asked for it. @returns false when it cannot */
  answerAgain(request: FastifyRequest, reply: FastifyReply): boolean {
    const asked = request.method === 'GET' ? this.addresses.get(request.url) : undefined;
    const found = asked && this.revisions.known(asked.scheme, asked.revision);
    const answer = found && this.answers.get(keyOf(found, asked));
    if (!answer) return false;
    sendAnswer(request, reply, answer, asked.revision !== undefined);
    return true;
  }

  private remember(address: string, asked: PublishedPart): void {
    if (address.length > 500 || this.addresses.has(address)) return;
    if (this.addresses.size >= maxAddresses) this.addresses.clear();
    this.addresses.set(address, asked);
  }
}

const keyOf = ({ number }: FoundRevision, { scheme, part }: PublishedPart): string =>
  `${scheme}/${number}/${part}`;
