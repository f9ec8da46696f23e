import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { refuse, type Refusal } from '#platform';
import { say } from '#words';

/** A file on its way through us: on disk, never in memory. */
export interface ReceivedFile {
  readonly path: string;
  /** 64 hexadecimal digits. */
  readonly sha256: string;
  readonly bytes: number;
  remove(): Promise<void>;
}

/** Streams a body into a temporary file; one that is too long is refused as soon as it is. */
export async function receiveFile(body: Readable, limitBytes: number): Promise<ReceivedFile | Refusal> {
  const directory = await mkdtemp(join(tmpdir(), 'mappa-import-'));
  const remove = () => rm(directory, { recursive: true, force: true });
  const path = join(directory, 'file');
  const hash = createHash('sha256');
  let bytes = 0;
  const measure = new Transform({
    transform(piece: Buffer, _encoding, done) {
      bytes += piece.length;
      if (bytes > limitBytes) return done(new TooLarge());
      hash.update(piece);
      done(null, piece);
    },
  });
  try {
    await pipeline(body, measure, createWriteStream(path, { mode: 0o600 }));
    return { path, sha256: hash.digest('hex'), bytes, remove };
  } catch (error) {
    await remove();
    if (error instanceof TooLarge) return tooLarge(limitBytes);
    throw error;
  }
}

/** A length that the caller states is refused before anything is read. */
export function refuseLength(stated: string | undefined, limitBytes: number): Refusal | null {
  return Number(stated ?? 0) > limitBytes ? tooLarge(limitBytes) : null;
}

class TooLarge extends Error {}

function tooLarge(limitBytes: number): Refusal {
  return refuse('file-too-large', {
    title: say`The file is too large`,
    status: 413,
    detail: say`A file may have ${limitBytes} bytes (IMPORT_LIMIT).`,
  });
}
