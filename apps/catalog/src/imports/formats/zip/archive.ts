import { open } from 'node:fs/promises';
import { say, type Sentence } from '#words';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import { limits } from './limits.ts';
import { UnreadableFile } from './unreadable-file.ts';

/** A ZIP container whose list of parts has been checked. */
export interface Archive {
  readonly names: ReadonlySet<string>;
  /** Unpacks one part. @throws UnreadableFile when it is absent, damaged or far larger than it pretends to be */
  read(name: string): AsyncGenerator<Uint8Array>;
}

/** Reads the list of parts. @throws UnreadableFile */
export async function openArchive(path: string): Promise<{ archive: Archive; close: () => void }> {
  const beginning = await firstTwo(path);
  if (beginning === '') throw new UnreadableFile('file-empty', say`The file is empty.`);
  if (beginning !== 'PK') throw new UnreadableFile('file-kind', notOffice);
  const zip = await openPromise(path, { lazyEntries: true, autoClose: false }).catch(damaged);
  const parts = new Map<string, Entry>();
  try {
    if (zip.entryCount > limits.parts) throw bomb(say`it has more than ${limits.parts} parts`);
    for await (const part of zip.eachEntry()) parts.set(part.fileName, part);
  } catch (error) {
    zip.close();
    throw error instanceof UnreadableFile ? error : damaged(error);
  }
  let budget: number = limits.unpackedBytes;
  const spend = (bytes: number) => {
    budget -= bytes;
    if (budget < 0) throw bomb(say`it unpacks to more than ${limits.unpackedBytes / 1024 / 1024} MB`);
  };
  const archive = {
    names: new Set(parts.keys()),
    read: (name: string) => unpack(zip, parts.get(name), name, spend),
  };
  return { archive, close: () => zip.close() };
}

async function* unpack(
  zip: ZipFile,
  part: Entry | undefined,
  name: string,
  spend: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  if (!part) throw new UnreadableFile('zip-damaged', say`The file lacks its part ${name}.`);
  if (part.isEncrypted())
    throw new UnreadableFile(
      'file-encrypted',
      say`The file is protected with a password. Save it without one.`,
    );
  checkRatio(part.uncompressedSize, part.compressedSize);
  try {
    let unpacked = 0;
    for await (const chunk of await zip.openReadStreamPromise(part)) {
      unpacked += chunk.length;
      spend(chunk.length);
      checkRatio(unpacked, part.compressedSize);
      yield chunk;
    }
  } catch (error) {
    throw error instanceof UnreadableFile ? error : damaged(error);
  }
}

const notOffice = say`This is no XLSX or DOCX file, whatever its name says: it does not begin like one. A text with separators is imported with the format "csv".`;

/** The first two bytes of a file, a character each; fewer where it has no more. */
async function firstTwo(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return buffer.toString('latin1', 0, bytesRead);
  } finally {
    await file.close();
  }
}

function checkRatio(unpacked: number, packed: number): void {
  if (unpacked > limits.smallBytes && unpacked > packed * limits.ratio)
    throw bomb(say`a part of it unpacks to more than ${limits.ratio} times its size`);
}

function bomb(why: Sentence): UnreadableFile {
  return new UnreadableFile('zip-bomb', say`The file is not read, because ${why}.`);
}

function damaged(error: unknown): never {
  const why = error instanceof Error ? error.message : String(error);
  throw new UnreadableFile(
    'zip-damaged',
    say`The file is damaged. Open it and save it again. Its reader says: "${why}"`,
  );
}
