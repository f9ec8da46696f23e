/** One answer for all gauges of a scrape. */
export function onceAMoment<T>(read: () => Promise<T>): () => Promise<T> {
  let latest: { readonly at: number; readonly answer: Promise<T> } | undefined;
  return () => {
    if (!latest || performance.now() - latest.at > 500) latest = { at: performance.now(), answer: read() };
    return latest.answer;
  };
}
