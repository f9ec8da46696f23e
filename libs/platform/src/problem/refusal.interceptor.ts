import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { map, type Observable } from 'rxjs';
import { orProblem } from './problem-exception.ts';

/** A handler may simply give back a refusal: it is answered as a problem, and never as a success that looks like one. */
export class RefusalInterceptor implements NestInterceptor {
  intercept(_context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(map((answer: unknown) => orProblem(answer)));
  }
}
