/** Ids are written with 15 or 18 characters; the first 15 say it all. */
export const shortId = (id: string): string => id.slice(0, 15);
