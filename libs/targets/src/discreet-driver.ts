import { TargetError, type Driver } from './driver.ts';
import type { Access } from './http/access.ts';
import { withoutSecrets } from './http/witness.ts';
import { withMethods } from './with-methods.ts';

/**
 * A driver in whose reasons `***` stands for the secret of its connection, and for what its requests proved who we are with: a
 * target may quote what it was sent, also of one record among many, and reasons are kept, logged and shown.
 */
export function discreetDriver(driver: Driver, secret: string, access?: Pick<Access, 'credentials'>): Driver {
  const hide = <T extends { readonly is: string }>(answer: T): T => {
    if (!('reason' in answer) || typeof answer.reason !== 'string') return answer;
    const reason = withoutSecrets(answer.reason, [secret, ...(access?.credentials.all ?? [])]);
    return reason === answer.reason ? answer : { ...answer, reason };
  };
  const hidden = (error: unknown): unknown =>
    error instanceof TargetError ? new TargetError(hide(error.answer)) : error;
  const discreetly = async <T>(asked: T): Promise<Awaited<T>> => {
    try {
      return await asked;
    } catch (error) {
      throw hidden(error);
    }
  };
  return withMethods(driver, {
    write: async (...asked) => (await discreetly(driver.write(...asked))).map(hide),
    async *list(signal) {
      try {
        yield* driver.list(signal);
      } catch (error) {
        throw hidden(error);
      }
    },
    probe: async (signal) => {
      const refusal = await discreetly(driver.probe(signal));
      return refusal && hide(refusal);
    },
    delete: async (...asked) => ((await discreetly(driver.delete?.(...asked))) ?? []).map(hide),
    countUses: async (...asked) => (await discreetly(driver.countUses?.(...asked))) ?? new Map(),
    listUses: async (...asked) => (await discreetly(driver.listUses?.(...asked))) ?? { uses: [], next: null },
  });
}
