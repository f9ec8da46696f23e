import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from '../logging.ts';
import { problemOf } from './problem-of.ts';
import { sendProblem } from './send-problem.ts';

/** Turns everything that is thrown during a request into application/problem+json (RFC 9457). */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    // An error of a message handler is the business of the transport, which retries it.
    if (host.getType() !== 'http') throw error;
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const refusal = problemOf(error);
    if (refusal.status >= 500 && refusal.status !== 503) {
      this.logger.error(
        { err: error, method: request.method, url: request.url, requestId: request.id },
        'request failed',
      );
    }
    if (!reply.sent) sendProblem(request, reply, refusal);
  }
}
