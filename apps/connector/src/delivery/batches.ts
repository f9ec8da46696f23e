import type { Capabilities, Step } from '#targets';

/** What a record is in a request around its texts, at most. */
const envelopeBytes = 512;

/**
 * Places in batches that a driver takes, by number and by bytes.
 * @param stepOf the step at a place
 */
export function inBatchesOf(
  places: readonly number[],
  stepOf: (place: number) => Step,
  { batchSize, maxBatchBytes }: Pick<Capabilities, 'batchSize' | 'maxBatchBytes'>,
): number[][] {
  // To weigh each record costs more than to file it by itself.
  if (batchSize === 1) return places.map((place) => [place]);
  const batches: number[][] = [];
  let bytes = 0;
  for (const place of places) {
    const size = maxBatchBytes === undefined ? 0 : bytesOf(stepOf(place));
    const last = batches.at(-1);
    if (last && last.length < batchSize && bytes + size <= (maxBatchBytes ?? Infinity)) last.push(place);
    else {
      batches.push([place]);
      bytes = 0;
    }
    bytes += size;
  }
  return batches;
}

const bytesOf = ({ key, externalId, content }: Step): number =>
  envelopeBytes +
  Buffer.byteLength(content.title) +
  Buffer.byteLength(content.code) +
  key.length +
  (externalId?.length ?? 0) +
  (content.parent?.length ?? 0);
