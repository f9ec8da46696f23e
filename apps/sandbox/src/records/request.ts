export interface CmisRequest {
  Params: { repository: string; '*': string };
  Querystring: Record<string, string | undefined>;
}

/** The one user of the records system. */
export const user = 'mappa';
const password = 'mappa-records-secret';
const expected = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

/** HTTP Basic with the one user of the records system. */
export const isSignedIn = (authorization: string | undefined): boolean =>
  authorization !== undefined && authorization.replace(/^basic /i, 'Basic ') === expected;
