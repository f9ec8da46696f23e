import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isOfDryRun, type DryRequest } from '../http/dry-run.ts';
import type { Answer, Driver, Step, StoredRecord } from '../driver.ts';
import { closedPort, startLosingProxy, type LosingProxy } from './losing-proxy.ts';
import { branch, creation, hardTitles, update } from './sample.ts';
import type { Stage } from './stage.ts';

/** A server that is installed first, on a machine that does other things. */
const firstStartMs = 600_000;

/** What every driver must do, on whatever server: the promises of `driver.ts`, and no second record ever. */
export function conformance(name: string, start: () => Promise<Stage>): void {
  describe(`${name}, as every driver`, () => {
    let stage: Stage;
    let proxy: LosingProxy;
    let driver: Driver;
    const { signal } = new AbortController();

    beforeAll(async () => {
      stage = await start();
      const address = new URL(stage.connection.address);
      proxy = await startLosingProxy(address, stage.writes);
      driver = stage.create({ ...stage.connection, address: proxy.origin + address.pathname });
    }, firstStartMs);
    afterAll(async () => {
      await driver.close();
      await proxy.close();
      await stage.stop();
    });

    const write = (...steps: Step[]): Promise<Answer[]> => driver.write(steps, signal);
    const make = async (step: Step): Promise<string> => idOf((await write(step))[0]);
    const stored = async (): Promise<StoredRecord[]> => {
      if (stage.records) return stage.records();
      const records: StoredRecord[] = [];
      for await (const page of driver.list(signal)) records.push(...page);
      return records;
    };
    const under = async (key: string): Promise<StoredRecord[]> =>
      (await stored()).filter((record) => record.key === key);
    const expectEqual = async (step: Step, externalId: string): Promise<void> => {
      const { level, validTo, ...content } = step.content;
      const { storesLevel, storesValidTo } = driver.capabilities;
      const expected = {
        ...content,
        level: storesLevel ? level : null,
        validTo: storesValidTo ? validTo : null,
      };
      expect(await under(step.key)).toEqual([{ externalId, key: step.key, content: expected }]);
    };

    test('the probe of a target that is ready answers null', async () => {
      expect(await driver.probe(signal)).toBeNull();
    });

    test('wrong credentials are told by the probe, and a write does not blame the records for them', async () => {
      const stranger = stage.create({ ...stage.connection, ...stage.wrong });
      expect(await stranger.probe(signal)).toMatchObject({ is: 'failing' });
      expect(await stranger.write([creation(branch())], signal)).toMatchObject([{ is: 'failing' }]);
      await stranger.close();
    });

    test('a target that is away is failing, for the probe, a write and a list', async () => {
      const address = new URL(stage.connection.address);
      address.port = String(await closedPort());
      const away = stage.create({ ...stage.connection, address: address.href });
      expect(await away.probe(signal)).toMatchObject({ is: 'failing' });
      expect(await away.write([creation(branch()), creation(branch())], signal)).toMatchObject([
        { is: 'failing' },
        { is: 'failing' },
      ]);
      await expect(away.list(signal)[Symbol.asyncIterator]().next()).rejects.toMatchObject({
        answer: { is: driver.capabilities.canList ? 'failing' : 'rejected' },
      });
      await away.close();
    });

    test('a dry run tells what each write would send, without secrets, and sends nothing', async () => {
      const there = creation(branch());
      const externalId = await make(there);
      const before = await stored();
      const told: DryRequest[] = [];
      const dry = stage.create({ ...stage.connection, onDryRequest: (request) => void told.push(request) });
      const renamed = update(there, externalId, { title: 'Another title' });
      const steps = [creation(branch()), renamed, creation(branch())];
      const answers = await dry.write(steps, signal);
      await dry.close();
      expect(answers.filter((answer) => answer.is !== 'failing' || !isOfDryRun(answer))).toEqual([]);
      expect(answers).toHaveLength(steps.length);
      const said = told.map(({ method, path, body }) => `${method} ${path} ${body}`).join('\n');
      for (const { externalId: id, content } of steps)
        expect(said).toContain(id === null ? content.code : content.title);
      if (stage.connection.secret.length >= 4) expect(said).not.toContain(stage.connection.secret);
      expect(await stored()).toEqual(before);
    });

    test('after the signal nothing is written', async () => {
      const step = creation(branch());
      expect(await driver.write([step], AbortSignal.abort())).toMatchObject([{ is: 'failing' }]);
      expect(await under(step.key)).toEqual([]);
    });

    test('a tree is created with its parents, level by level', async () => {
      const root = branch();
      const top = creation(root);
      const topId = await make(top);
      const middle = creation(`${root}.1`, { parent: topId });
      const middleId = await make(middle);
      const leaves = [1, 2, 3].map((n) => creation(`${root}.1.${n}`, { parent: middleId }));
      const leafIds = (await write(...leaves)).map(idOf);
      await expectEqual(top, topId);
      await expectEqual(middle, middleId);
      for (const [i, leaf] of leaves.entries()) await expectEqual(leaf, leafIds[i] ?? '');
    });

    test('a repeated creation finds the record and makes its content equal', async () => {
      const root = branch();
      const parent = await make(creation(root));
      const step = creation(`${root}.1`, { parent });
      const id = await make(step);
      expect(await write(step)).toEqual([{ is: 'done', externalId: id }]);
      expect(await write({ ...step, mayExist: true })).toEqual([{ is: 'done', externalId: id }]);
      const changed = creation(`${root}.2`, {
        key: step.key,
        title: 'Titolo nuovo',
        active: false,
        validTo: '2026-12-31',
      });
      expect(await write(changed)).toEqual([{ is: 'done', externalId: id }]);
      await expectEqual(changed, id);
    });

    test('a record is retitled and renumbered', async () => {
      const step = creation(branch());
      const id = await make(step);
      const retitled = update(step, id, { title: 'Un altro titolo' });
      expect(await write(retitled)).toEqual([{ is: 'done', externalId: id }]);
      await expectEqual(retitled, id);
      const renumbered = update(retitled, id, { code: branch(), level: 5 });
      expect(await write(renumbered)).toEqual([{ is: 'done', externalId: id }]);
      await expectEqual(renumbered, id);
      expect(await write(renumbered)).toEqual([{ is: 'done', externalId: id }]);
    });

    test('a record moves to another parent with what is below it, and to the top', async () => {
      const root = branch();
      const [one = '', other = ''] = (await write(creation(`${root}.1`), creation(`${root}.2`))).map(idOf);
      const step = creation(`${root}.1.1`, { parent: one });
      const id = await make(step);
      const below = creation(`${root}.1.1.1`, { parent: id });
      const belowId = await make(below);
      const moved = update(step, id, { parent: other, code: `${root}.2.1` });
      expect(await write(moved)).toEqual([{ is: 'done', externalId: id }]);
      await expectEqual(moved, id);
      await expectEqual(below, belowId);
      const atTop = update(moved, id, { parent: null });
      expect(await write(atTop)).toEqual([{ is: 'done', externalId: id }]);
      await expectEqual(atTop, id);
    });

    test('a record is retired with its last day, and comes back without it', async () => {
      const step = creation(branch());
      const id = await make(step);
      for (const validTo of ['2026-12-31', '2026-06-30', '2024-02-29']) {
        const retired = update(step, id, { active: false, validTo });
        expect(await write(retired)).toEqual([{ is: 'done', externalId: id }]);
        await expectEqual(retired, id);
      }
      expect(await write(update(step, id))).toEqual([{ is: 'done', externalId: id }]);
      await expectEqual(step, id);
    });

    test('a code that another record has is rejected where codes are unique, and the others of the batch are done', async () => {
      const root = branch();
      const holder = creation(`${root}.3`);
      const holderId = await make(holder);
      const twin = creation(`${root}.3`);
      const others = [1, 2, 4, 5].map((n) => creation(`${root}.${n}`));
      const answers = await write(...others.slice(0, 2), twin, ...others.slice(2));
      if (!driver.capabilities.uniqueCodes) {
        expect(new Set(answers.map(idOf)).size).toBe(5);
        return expectEqual(holder, holderId);
      }
      expect(answers.map(({ is }) => is)).toEqual(['done', 'done', 'rejected', 'done', 'done']);
      expect(answers[2]).toHaveProperty('reason', expect.stringMatching(/\w+/));
      expect(await under(twin.key)).toEqual([]);
      await expectEqual(holder, holderId);
    });

    test('creations and updates of one call are answered in their order', async () => {
      const root = branch();
      const old = creation(`${root}.1`);
      const oldId = await make(old);
      const [first, second, third] = await write(
        creation(`${root}.2`),
        update(old, oldId, { title: 'Titolo nuovo' }),
        creation(`${root}.3`),
      );
      expect(second).toEqual({ is: 'done', externalId: oldId });
      expect(new Set([idOf(first), idOf(second), idOf(third)]).size).toBe(3);
    });

    test('a creation whose answer is lost is unknown, and the next attempt finds its record', async () => {
      const step = creation(branch());
      proxy.loseAnswers(1);
      expect(await write(step)).toMatchObject([{ is: 'unknown' }]);
      const id = await make({ ...step, mayExist: true });
      await expectEqual(step, id);
    });

    test('a batch whose answers are lost is in the target once after the next attempt', async () => {
      const root = branch();
      const steps = Array.from({ length: 12 }, (_, i) => creation(`${root}.${i}`));
      proxy.loseAnswers(1);
      const answers = await write(...steps);
      proxy.loseAnswers(0);
      expect(answers.some(({ is }) => is === 'unknown')).toBe(true);
      const ids = (await write(...steps.map((step) => ({ ...step, mayExist: true })))).map(idOf);
      for (const [i, step] of steps.entries()) await expectEqual(step, ids[i] ?? '');
    });

    test('an update whose answer is lost is unknown and can be repeated', async () => {
      const step = creation(branch());
      const id = await make(step);
      const changed = update(step, id, { title: 'Titolo nuovo' });
      proxy.loseAnswers(1);
      expect(await write(changed)).toMatchObject([{ is: 'unknown' }]);
      expect(await write(changed)).toEqual([{ is: 'done', externalId: id }]);
      await expectEqual(changed, id);
    });

    test('a record that was deleted in the target is gone, and nothing is made in its place unasked; without ids of its own it is made again', async () => {
      const root = branch();
      const step = creation(`${root}.1`);
      const other = creation(`${root}.2`);
      const [id = '', otherId = ''] = (await write(step, other)).map(idOf);
      await stage.lose(id);
      expect(await under(step.key)).toEqual([]);
      if (!driver.capabilities.givesIds) {
        expect(await write(update(step, id))).toEqual([{ is: 'done', externalId: step.key }]);
        return expectEqual(step, step.key);
      }
      const answers = await write(update(step, id, { title: 'Titolo nuovo' }), update(other, otherId));
      expect(answers).toMatchObject([{ is: 'gone' }, { is: 'done', externalId: otherId }]);
      expect(await under(step.key)).toEqual([]);
      const newId = await make(step);
      expect(newId).not.toBe(id);
      await expectEqual(step, newId);
    });

    const remove = async (...ids: string[]): Promise<Answer[] | undefined> => driver.delete?.(ids, signal);

    test('records are deleted where the driver says so, those that are gone already too', async () => {
      const root = branch();
      const steps = [1, 2, 3].map((n) => creation(`${root}.${n}`));
      const ids = (await write(...steps)).map(idOf);
      const [first = '', second = '', third = ''] = ids;
      expect(driver.delete === undefined).toBe(driver.capabilities.deletes === 'no');
      if (!driver.delete) return;
      expect(await remove(second)).toEqual(deleted(second));
      expect(await remove(third, second, first)).toEqual(deleted(third, second, first));
      expect(await remove(...ids)).toEqual(deleted(...ids));
      for (const { key } of steps) expect(await under(key)).toEqual([]);
    });

    test('a tree is deleted from below, and what was deleted can be made anew', async () => {
      if (!driver.delete) return;
      const root = branch();
      const top = creation(root);
      const topId = await make(top);
      const leafId = await make(creation(`${root}.1`, { parent: topId }));
      expect(await remove(leafId)).toEqual(deleted(leafId));
      expect(await remove(topId)).toEqual(deleted(topId));
      const again = creation(root, { key: `${top.key}:2` });
      await expectEqual(again, await make(again));
    });

    test('a deletion whose answer is lost is unknown and can be repeated', async () => {
      if (!driver.delete) return;
      const step = creation(branch());
      const id = await make(step);
      proxy.loseAnswers(1);
      expect(await remove(id)).toMatchObject([{ is: 'unknown' }]);
      expect(await remove(id)).toEqual(deleted(id));
      expect(await under(step.key)).toEqual([]);
    });

    test('after the signal, and with wrong credentials, nothing is deleted', async () => {
      if (!driver.delete) return;
      const step = creation(branch());
      const id = await make(step);
      expect(await driver.delete([id], AbortSignal.abort())).toMatchObject([{ is: 'failing' }]);
      const stranger = stage.create({ ...stage.connection, ...stage.wrong });
      expect(await stranger.delete?.([id], signal)).toMatchObject([{ is: 'failing' }]);
      await stranger.close();
      await expectEqual(step, id);
    });

    test('a record in use stays where the target refuses to delete it, and does not keep the others', async () => {
      const { deletes } = driver.capabilities;
      expect(deletes === 'unless-used').toBe(stage.occupy !== undefined);
      if (!stage.occupy) return;
      const root = branch();
      const used = creation(`${root}.1`);
      const [usedId = '', otherId = ''] = (await write(used, creation(`${root}.2`))).map(idOf);
      await stage.occupy(usedId);
      expect(await remove(usedId, otherId)).toMatchObject([{ is: 'rejected' }, { is: 'done' }]);
      await expectEqual(used, usedId);
    });

    test('uses are counted and listed where the driver says that it can', async () => {
      const { countsUses } = driver.capabilities;
      expect(driver.countUses !== undefined).toBe(countsUses);
      expect(driver.listUses !== undefined).toBe(countsUses);
      expect(stage.use !== undefined).toBe(countsUses);
      const root = branch();
      const steps = [1, 2, 3].map((n) => creation(`${root}.${n}`));
      const [one = '', two = '', three = ''] = (await write(...steps)).map(idOf);
      for (const id of [one, three, one]) await stage.use?.(id);
      if (!driver.countUses || !driver.listUses) return;
      expect(await driver.countUses([one, two, three], signal)).toEqual(
        new Map([
          [one, 2],
          [two, 0],
          [three, 1],
        ]),
      );
      const first = await driver.listUses([one, two], { after: null, limit: 1 }, signal);
      const second = await driver.listUses([one, two], { after: first.next, limit: 1 }, signal);
      expect([first.uses, second.uses]).toMatchObject([[{ externalId: one }], [{ externalId: one }]]);
      expect([first.next === null, second.next]).toEqual([false, null]);
      const ids = [...first.uses, ...second.uses].map(({ id }) => id);
      expect(new Set(ids).size).toBe(2);
      const whole = await driver.listUses([one, two, three], { after: null, limit: 10 }, signal);
      expect(whole.uses.map(({ externalId }) => externalId)).toEqual([one, three, one]);
      expect(whole.uses.every(({ title }) => title !== '')).toBe(true);
      await expect(driver.listUses([one], { after: 'nowhere', limit: 1 }, signal)).rejects.toThrow('nowhere');
    });

    test.each(hardTitles)('the title %s arrives as it is', async (title) => {
      const step = creation(branch(), { title });
      const id = await make(step);
      await expectEqual(step, id);
      const other = update(step, id, { title: `${title} (bis)` });
      expect(await write(other)).toEqual([{ is: 'done', externalId: id }]);
      await expectEqual(other, id);
    });

    test('a foreign record is listed without a key, and stays as it is when its code is asked for', async () => {
      const code = branch();
      const id = await stage.makeForeign?.(code, 'Di altri');
      if (id === undefined) return expect(driver.capabilities.canList).toBe(false);
      const foreign = async (): Promise<StoredRecord[]> =>
        (await stored()).filter(({ externalId }) => externalId === id);
      const before = await foreign();
      expect(before).toMatchObject([{ externalId: id, key: null, content: { code, title: 'Di altri' } }]);
      const step = creation(code, { title: 'Di altri' });
      const { uniqueCodes } = driver.capabilities;
      expect(await write(step)).toMatchObject([{ is: uniqueCodes ? 'rejected' : 'done' }]);
      expect(await foreign()).toEqual(before);
    });

    test('a list of several pages holds every record once', async () => {
      const root = branch();
      const steps = Array.from({ length: 230 }, (_, i) => creation(`${root}.${i}`));
      const { batchSize } = driver.capabilities;
      for (let i = 0; i < steps.length; i += batchSize) {
        for (const answer of await write(...steps.slice(i, i + batchSize))) idOf(answer);
      }
      const keys = new Set(steps.map(({ key }) => key));
      const listed = (await stored()).flatMap(({ key }) => (key !== null && keys.has(key) ? [key] : []));
      expect(listed.toSorted()).toEqual([...keys].toSorted());
    });
  });
}

const deleted = (...ids: string[]): Answer[] => ids.map((externalId) => ({ is: 'done', externalId }));

function idOf(answer: Answer | undefined): string {
  if (answer?.is === 'done') return answer.externalId;
  throw new Error(`not done: ${JSON.stringify(answer)}`);
}
