import { asKept, say } from '#words';
import { TargetError, type Answer, type Driver, type StoredRecord, type UsePage } from './driver.ts';
import { withMethods } from './with-methods.ts';

/** NUL and other control characters, and halves of characters: no id has them, and no database keeps them all. */
const isSound = (id: string): boolean => id.isWellFormed() && !/\p{Cc}/u.test(id);

const unsound = asKept(
  say`the answer is not what the protocol says: an id has control characters or half a character`,
);

/**
 * A driver whose answers can be kept. An id that cannot is not what the protocol says: nobody knows what became of a write
 * that is answered with one, and a list with one cannot be read. In what people typed into a record, characters that
 * cannot be kept are shown as U+FFFD, so that a foreign record with odd texts is shown and harms nobody; the same holds of
 * what uses a record. Counts of uses hold no text of the target's: their ids are those that were asked about.
 */
export function soundDriver(driver: Driver): Driver {
  return withMethods(driver, {
    write: (steps, signal) => driver.write(steps, signal).then((answers) => answers.map(soundAnswer)),
    async *list(signal) {
      for await (const page of driver.list(signal)) yield page.map(soundRecord);
    },
    listUses: async (...asked) => soundUses((await driver.listUses?.(...asked)) ?? { uses: [], next: null }),
  });
}

const soundAnswer = (answer: Answer): Answer =>
  answer.is === 'done' && !isSound(answer.externalId) ? { is: 'unknown', reason: unsound } : answer;

function soundRecord(record: StoredRecord): StoredRecord {
  const { externalId, key, content } = record;
  const { code, title, parent, validTo } = content;
  if (!isSound(externalId) || (parent !== null && !isSound(parent)))
    throw new TargetError({ is: 'failing', reason: unsound });
  if ([code, title, key, validTo].every((text) => text === null || isKept(text))) return record;
  return {
    ...record,
    key: key === null ? null : shown(key),
    content: {
      ...content,
      code: shown(code),
      title: shown(title),
      validTo: validTo === null ? null : shown(validTo),
    },
  };
}

function soundUses({ uses, next }: UsePage): UsePage {
  if (
    !uses.every(({ id, externalId }) => isSound(id) && isSound(externalId)) ||
    (next !== null && !isSound(next))
  )
    throw new TargetError({ is: 'failing', reason: unsound });
  return { uses: uses.map((use) => ({ ...use, title: shown(use.title) })), next };
}

const isKept = (text: string): boolean => text.isWellFormed() && !text.includes('\0');
const shown = (text: string): string => text.replaceAll('\0', '\ufffd').toWellFormed();
