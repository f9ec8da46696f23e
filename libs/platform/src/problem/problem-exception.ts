import { inWords } from '#words';
import { HttpException } from '@nestjs/common';
import { Refusal } from './refusal.ts';

/** Carries a refusal from a controller to ProblemFilter. Thrown by `orProblem` and by guards only. */
export class ProblemException extends HttpException {
  constructor(readonly refusal: Refusal) {
    super(inWords(refusal.title, 'en'), refusal.status);
  }
}

/** The edge between decisions and HTTP: a value passes, a refusal becomes the answer. */
export function orProblem<T>(value: T | Refusal): T {
  if (value instanceof Refusal) throw new ProblemException(value);
  return value;
}
