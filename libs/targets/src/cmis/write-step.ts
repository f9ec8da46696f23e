import { asKept, say } from '#words';
import { TargetError, type Answer, type Step } from '../driver.ts';
import { troubleOf } from '../writing/trouble.ts';
import { differences, isBelow, propertiesOf, whyLeft, type Folder, type Place } from './folder.ts';
import type { KnownFolders } from './known-folders.ts';
import { isRefusal, type Refusal, type Repository } from './repository.ts';
import type { CmisSettings } from './settings.ts';

/** What the steps of one call share. */
export interface Surroundings {
  readonly repository: Repository;
  readonly settings: CmisSettings;
  /** The folder of `settings.rootPath`. */
  readonly root: Folder;
  /** Ids of folders that are there under the keys of the steps that create. */
  readonly byKey: ReadonlyMap<string, string>;
  /** The folder of a parent; read once in a call. */
  readonly parent: (id: string | null) => Promise<Folder | Refusal>;
  /** Of this call and those just before. */
  readonly known: KnownFolders;
}

/**
 * Makes one folder equal to its step: creates it, or writes what differs and moves it where it belongs. A folder that is
 * there under the key of a creation is adopted. Rejects with TargetError for trouble with the server.
 */
export async function writeStep(step: Step, around: Surroundings): Promise<Answer> {
  const { key, externalId, content } = step;
  const known = content.parent === null ? undefined : around.known.get(content.parent);
  const parent = known ?? (await readParent(step, around));
  if ('is' in parent) return parent;
  const id = externalId ?? around.byKey.get(key);
  if (id === undefined) return create(step, parent, around);
  const answer = await makeEqual(id, step, parent, around);
  // What was made or found a moment ago may be gone.
  return answer.is === 'gone' && externalId === null ? create(step, parent, around) : answer;
}

/** Reads where a record is to be filed, or says why it cannot be. */
async function readParent({ content }: Step, around: Surroundings): Promise<Folder | Answer> {
  const parent = await around.parent(content.parent);
  if (isRefusal(parent))
    return rejected(asKept(say`the parent folder ${content.parent ?? ''}: ${parent.reason}`));
  if (parent.id !== around.root.id && !isBelow(parent, around.root))
    return rejected(asKept(say`the parent folder ${parent.path} is outside ${around.root.path}`));
  around.known.note(parent);
  return parent;
}

/** A parent that was seen a moment ago is read again only when the server refuses: it may stand elsewhere. */
async function create(step: Step, parent: Place, around: Surroundings): Promise<Answer> {
  const { repository, settings } = around;
  const values = propertiesOf(step.key, step.content, settings);
  const created = await repository.createFolder(
    parent.id,
    new Map([['cmis:objectTypeId', settings.type], ...values]),
  );
  if (!isRefusal(created)) return onceWritten(() => filed(step.key, created, around));
  const path = `${parent.path}/${values.get('cmis:name')}`;
  const answer = await adopt(path, created, step, parent, around);
  if (answer.is !== 'rejected') return answer;
  const now = await readParent(step, around);
  if ('is' in now) return now;
  return now.path === parent.path ? answer : create(step, now, around);
}

/** Makes the sibling equal that has the name of a creation, where it is ours. */
async function adopt(
  path: string,
  { exception, reason }: Refusal,
  step: Step,
  parent: Place,
  around: Surroundings,
): Promise<Answer> {
  const { repository, settings } = around;
  if (exception !== 'nameConstraintViolation') return rejected(reason);
  const sibling = await repository.byPath(path);
  if (isRefusal(sibling)) return rejected(reason);
  const key = sibling.properties[settings.properties.key];
  if (key === step.key) return makeEqual(sibling.id, step, parent, around);
  return rejected(
    asKept(
      typeof key === 'string' && key
        ? say`its name is that of the folder ${sibling.path}, the record of ${key}: ${reason}`
        : say`its name is that of the folder ${sibling.path}, which is not ours: ${reason}`,
    ),
  );
}

/** Where a folder was made that a moment ago would have been below the root, and now is not, it is taken away again. */
async function filed(key: string, created: Folder, around: Surroundings): Promise<Answer> {
  const { repository, root, known } = around;
  known.noteMade(key, created.id);
  const folder = await placed(created, around);
  if (isBelow(folder, root)) {
    known.note(folder);
    return { is: 'done', externalId: created.id };
  }
  known.forgetPlaces();
  const kept = await repository.delete(created.id);
  if (!kept) return rejected(asKept(say`the parent folder is outside ${root.path}`));
  const { path } = folder;
  return rejected(asKept(say`the folder ${path} was made outside ${root.path}, and stays: ${kept.reason}`));
}

/** A folder that was just written, with its path, which the server need not have said. */
async function placed(written: Folder, { repository }: Surroundings): Promise<Folder> {
  const folder = written.path ? written : await repository.byId(written.id);
  if (isRefusal(folder)) throw new TargetError({ is: 'failing', reason: folder.reason });
  return folder;
}

/** What follows a write. Trouble with it is `unknown`: everything else says that nothing was written. */
async function onceWritten(next: () => Promise<Answer>): Promise<Answer> {
  try {
    return await next();
  } catch (error) {
    throw new TargetError({ ...troubleOf(error), is: 'unknown' });
  }
}

async function makeEqual(id: string, step: Step, parent: Place, around: Surroundings): Promise<Answer> {
  const first = await writeProperties(id, step, around);
  // Somebody wrote in between: what to write is decided anew, once.
  const folder = first.is === 'conflict' ? await writeProperties(id, step, around) : first;
  if (folder.is === 'conflict') return { is: 'failing', reason: folder.reason };
  if (folder.is !== 'equal') return folder;
  if (folder.parentId === parent.id) return { is: 'done', externalId: folder.id };
  const { parentId, isWritten } = folder;
  if (parentId === null) return rejected(asKept(say`the server does not say in which folder the record is`));
  const moved = (): Promise<Answer> => move(folder.id, parentId, step, parent, around);
  return isWritten ? onceWritten(moved) : moved();
}

/** What is moved out of the root is out of our reach: it goes only to where the parent is now, and comes back where that was leaving. */
async function move(
  id: string,
  fromId: string,
  step: Step,
  parent: Place,
  around: Surroundings,
): Promise<Answer> {
  const place = await readParent(step, around);
  if ('is' in place) return place;
  const { repository, root, known } = around;
  known.forgetPlaces();
  const moved = await repository.move(id, fromId, parent.id);
  if (isRefusal(moved)) return rejected(moved.reason);
  return onceWritten(async () => {
    const folder = await placed(moved, around);
    if (isBelow(folder, root)) return { is: 'done', externalId: moved.id };
    const back = await repository.move(moved.id, parent.id, fromId);
    if (!isRefusal(back)) return rejected(asKept(say`the parent folder is outside ${root.path}`));
    const { path } = folder;
    return rejected(
      asKept(say`the folder ${path} was moved outside ${root.path}, and stays: ${back.reason}`),
    );
  });
}

type Written =
  | {
      readonly is: 'equal';
      readonly id: string;
      readonly parentId: string | null;
      /** Something had to be written for it. */
      readonly isWritten: boolean;
    }
  | { readonly is: 'conflict'; readonly reason: string }
  | Answer;

async function writeProperties(id: string, step: Step, around: Surroundings): Promise<Written> {
  const { repository, settings, root } = around;
  const folder = await repository.byId(id);
  if (isRefusal(folder)) return refused(folder);
  const reason = whyLeft(folder, root, settings);
  if (reason !== null) return rejected(reason);
  const changes = differences(folder, propertiesOf(step.key, step.content, settings));
  if (changes.size === 0) return { is: 'equal', id, parentId: folder.parentId, isWritten: false };
  if (changes.has('cmis:name')) around.known.forgetPlaces();
  const updated = await repository.update(id, changes, folder.changeToken);
  if (!isRefusal(updated)) return { is: 'equal', id: updated.id, parentId: folder.parentId, isWritten: true };
  if (updated.exception === 'updateConflict') return { is: 'conflict', reason: updated.reason };
  return refused(updated);
}

const refused = ({ exception, reason }: Refusal): Answer =>
  exception === 'objectNotFound' ? { is: 'gone', reason } : rejected(reason);

const rejected = (reason: string): Answer => ({ is: 'rejected', reason });
