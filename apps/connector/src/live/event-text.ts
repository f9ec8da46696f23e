/** A server-sent event (HTML standard, 9.2.6). JSON has no line breaks, so one line of data is enough. */
export const eventText = (event: string, content: object, id: string): string =>
  `id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(content)}\n\n`;

/** A comment, which readers ignore. */
export const heartbeat = ':\n\n';
