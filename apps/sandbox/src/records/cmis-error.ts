const statuses = {
  invalidArgument: 400,
  permissionDenied: 403,
  objectNotFound: 404,
  notSupported: 405,
  constraint: 409,
  nameConstraintViolation: 409,
  updateConflict: 409,
  tooManyRequests: 429,
  runtime: 500,
  serviceUnavailable: 503,
} as const;

export type CmisException = keyof typeof statuses;

/** An exception of CMIS 1.1 with the status that section 5.2.10 gives it. */
export class CmisError extends Error {
  readonly status: number;
  constructor(
    readonly exception: CmisException,
    message: string,
  ) {
    super(message);
    this.status = statuses[exception];
  }
}

export const exceptionBody = (exception: CmisException, message: string): unknown => ({ exception, message });

export function busyBody(status: number): unknown {
  if (status === 429) return exceptionBody('tooManyRequests', 'Too many requests');
  return exceptionBody(status === 503 ? 'serviceUnavailable' : 'runtime', 'The repository is not available');
}
