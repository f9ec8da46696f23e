import { say } from '#words';
import { SaxesParser } from 'saxes';
import { longestRow } from '../table/table.ts';
import { decodeText } from '../text/decode-text.ts';
import { limits } from './limits.ts';
import { UnreadableFile, type Whereabouts } from './unreadable-file.ts';

export type Attributes = Readonly<Record<string, string>>;

/** What is done with the elements of a document, named without their prefix. */
export interface XmlHandler {
  open?(name: string, attributes: Attributes): void;
  text?(text: string): void;
  close?(name: string): void;
  /** Why a document with a text that has no end is not read on, where the handler knows more of it. */
  textTooLong?(): UnreadableFile;
}

export function textTooLong(at: Whereabouts = {}): UnreadableFile {
  return new UnreadableFile(
    'text-too-long',
    say`A text in the file is longer than ${longestRow} characters.`,
    at,
  );
}

/** Characters that the parser gets at once; it holds an unfinished text or tag until its end comes. */
const slice = 65_536;

/**
 * Reads XML as a stream, and gives what the handler emits. Nothing outside the document is ever fetched, and a document type, with which entities
 * could grow without end, is refused as Office files have none.
 * @throws UnreadableFile
 */
export async function* readXml<Item>(
  part: AsyncIterable<Uint8Array>,
  handlerFor: (emit: (item: Item) => void) => XmlHandler,
): AsyncGenerator<Item[]> {
  const parser = new SaxesParser({ position: true, xmlns: false });
  let items: Item[] = [];
  const handler = handlerFor((item) => items.push(item));
  let depth = 0;
  let pending = 0;
  parser.on('doctype', () => {
    throw new UnreadableFile(
      'xml-doctype',
      say`The file has a document type inside, which no Office program writes.`,
    );
  });
  parser.on('error', ({ message }) => {
    throw new UnreadableFile(
      'xml-damaged',
      say`The file is damaged inside. Open it and save it again. Its reader says: "${message}"`,
    );
  });
  parser.on('opentag', ({ name, attributes }) => {
    pending = 0;
    if (++depth > limits.depth)
      throw new UnreadableFile('xml-damaged', say`Elements of the file are nested too deep.`);
    handler.open?.(local(name), attributes);
  });
  parser.on('closetag', ({ name }) => {
    pending = 0;
    depth--;
    handler.close?.(local(name));
  });
  parser.on('text', (text) => {
    pending = 0;
    handler.text?.(text);
  });
  parser.on('cdata', (text) => handler.text?.(text));

  for await (const piece of decodeText(part)) {
    if (typeof piece !== 'string')
      throw new UnreadableFile('xml-damaged', say`A part of the file is not UTF-8.`);
    for (let from = 0; from < piece.length; from += slice) {
      const text = piece.slice(from, from + slice);
      pending += text.length;
      parser.write(text);
      if (pending > longestRow) throw handler.textTooLong?.() ?? textTooLong();
    }
    if (items.length > 0) yield items;
    items = [];
  }
  parser.close();
  if (items.length > 0) yield items;
}

/** An attribute by its name without prefix. */
export function attributeOf(attributes: Attributes, name: string): string | undefined {
  return attributes[name] ?? Object.entries(attributes).find(([key]) => key.endsWith(`:${name}`))?.[1];
}

function local(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}
