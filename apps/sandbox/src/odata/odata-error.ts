/** A request is refused: `{"error": {"code", "message"}}` with this HTTP status, as Dataverse writes it. */
export class ODataError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

export const errorBody = (code: string, message: string): unknown => ({ error: { code, message } });

/** What Dataverse says when it protects itself from us, or when it is not there. */
export function busyBody(status: number): unknown {
  return status === 429
    ? errorBody(
        '0x80072322',
        'Number of requests exceeded the limit of 6000 over time window of 300 seconds.',
      )
    : errorBody('0x80044150', 'The service is not available.');
}

export const notThere = (id: string): ODataError =>
  new ODataError(404, '0x80040217', `mappa_activity With Id = ${id} Does Not Exist`);

export const badRequest = (message: string): ODataError => new ODataError(400, '0x80048d19', message);
