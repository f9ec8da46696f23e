/** One entry of `errors` in an answer about one record. */
export interface SaveError {
  readonly statusCode: string;
  readonly message: string;
  readonly fields: readonly string[];
}

export type SaveResult =
  | { readonly id: string; readonly success: true; readonly errors: readonly []; readonly created?: boolean }
  | { readonly success: false; readonly errors: readonly SaveError[]; readonly created?: boolean };

export function failed(statusCode: string, message: string, fields: readonly string[] = []): SaveError {
  return { statusCode, message, fields };
}

/** The whole request is refused: `[{"message", "errorCode"}]` with this HTTP status. */
export class SalesforceError extends Error {
  constructor(
    readonly status: number,
    readonly errorCode: string,
    message: string,
    readonly fields?: readonly string[],
  ) {
    super(message);
  }
}

/** What became of the only record of a request; what would be one error of an answer is the whole answer then. */
export function onlySuccess(results: readonly SaveResult[]): Extract<SaveResult, { readonly success: true }> {
  const [result] = results;
  if (result?.success) return result;
  const error = result?.errors[0];
  throw new SalesforceError(
    400,
    error?.statusCode ?? 'UNKNOWN_EXCEPTION',
    error?.message ?? '',
    error?.fields,
  );
}

export const errorBody = (errorCode: string, message: string, fields?: readonly string[]): unknown => [
  { message, errorCode, ...(fields ? { fields } : {}) },
];

/** What Salesforce says when it is not there, or when there was too much of us. */
export function busyBody(status: number): unknown {
  return status === 429
    ? errorBody('REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.')
    : errorBody('SERVER_UNAVAILABLE', 'We are down for maintenance. Sorry for the inconvenience.');
}
