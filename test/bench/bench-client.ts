import { z } from 'zod';
import { catalogClient } from '../../deploy/local/demo/catalog-client.ts';
import { reviewDraft } from '../../deploy/local/demo/review-draft.ts';
import { signIn } from '../../deploy/local/demo/sign-in.ts';

const draftSchema = z.object({ id: z.string() });

/** Publishes through the catalog's API, and knows when COMMIT returned. */
export interface BenchClient {
  createScheme(scheme: object): Promise<Response>;
  call(method: string, path: string, body: unknown): Promise<Response>;
  /** Takes a draft through review and publishes it.
   * @returns number of the revision, and the time of its commit in milliseconds since 1970 */
  publish(draftId: string): Promise<{ revision: number; committedAtMs: number }>;
  /** Opens a draft on a scheme and edits it. @returns its id */
  prepare(scheme: string, edits: readonly object[]): Promise<string>;
  /** The same, and publishes it. */
  publishEdits(
    scheme: string,
    edits: readonly object[],
  ): Promise<{ revision: number; committedAtMs: number }>;
}

export async function benchClient(addresses: { catalog: string; sandbox: string }): Promise<BenchClient> {
  const [administrator, editor, approver] = [
    await signIn(addresses.sandbox, 'demo-administrator'),
    await signIn(addresses.sandbox, 'demo-editor'),
    await signIn(addresses.sandbox, 'demo-approver'),
  ];
  const callAs =
    (token: string): BenchClient['call'] =>
    async (method, path, body) => {
      const answer = await fetch(`${addresses.catalog}/api/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'if-match': '*' },
        body: JSON.stringify(body),
      });
      if (!answer.ok) throw new Error(`${method} ${path}: ${(await answer.text()).slice(0, 500)}`);
      return answer;
    };
  const call = callAs(editor);
  const publish: BenchClient['publish'] = async (draftId) => {
    await reviewDraft(
      catalogClient(addresses.catalog, editor),
      catalogClient(addresses.catalog, approver),
      draftId,
    );
    const answer = await callAs(approver)('POST', `/drafts/${draftId}/publication`, {});
    const committedAtMs = Number(
      /commit;desc="([\d.]+)"/.exec(answer.headers.get('server-timing') ?? '')?.[1],
    );
    return { ...z.object({ revision: z.int() }).parse(await answer.json()), committedAtMs };
  };
  const prepare: BenchClient['prepare'] = async (scheme, edits) => {
    const { id } = draftSchema.parse(await (await call('POST', `/schemes/${scheme}/drafts`, {})).json());
    await (await call('PATCH', `/drafts/${id}/entries`, { edits })).body?.cancel();
    return id;
  };
  return {
    createScheme: (scheme) => callAs(administrator)('POST', '/schemes', scheme),
    call,
    publish,
    prepare,
    publishEdits: async (scheme, edits) => publish(await prepare(scheme, edits)),
  };
}
