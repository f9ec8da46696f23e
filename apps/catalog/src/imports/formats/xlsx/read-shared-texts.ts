import { say } from '#words';
import type { Archive } from '../zip/archive.ts';
import { limits } from '../zip/limits.ts';
import { readXml, textTooLong } from '../zip/read-xml.ts';
import { UnreadableFile } from '../zip/unreadable-file.ts';
import { textCollector } from './text-collector.ts';
import { decodeText } from './text-escapes.ts';

/** A shared text is longer than any is read: in which cell it stands only the sheet tells, by its number, from 0. */
export class SharedTextTooLong extends UnreadableFile {
  readonly number: number;

  constructor(number: number) {
    const { finding } = textTooLong();
    super('text-too-long', finding.message);
    this.number = number;
  }
}

/**
 * The texts that cells refer to by number. They are held in memory, so their sum is limited.
 * @throws SharedTextTooLong, or another UnreadableFile
 */
export async function readSharedTexts(archive: Archive): Promise<string[]> {
  const texts: string[] = [];
  let characters = 0;
  const parts = readXml<string>(archive.read('xl/sharedStrings.xml'), (emit) => {
    const collector = textCollector();
    let number = 0;
    return {
      open(element) {
        if (element === 'si') collector.clear();
        collector.open(element);
      },
      text: (text) => collector.text(text),
      close(element) {
        collector.close(element);
        if (element !== 'si') return;
        emit(decodeText(collector.get()));
        number++;
      },
      textTooLong: () => new SharedTextTooLong(number),
    };
  });
  for await (const batch of parts)
    for (const text of batch) {
      // Each text costs some memory, however short it is.
      characters += text.length + 16;
      if (characters > limits.sharedTexts)
        throw new UnreadableFile('file-too-large', say`The texts of the workbook are too many.`);
      texts.push(text);
    }
  return texts;
}
