import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { noSteps, plansBodySchema, usageBodySchema, type PlansAnswer, type UsageAnswer } from '#contracts';

/** Answers as a connector with one profile of three targets does, or as it is told to. */
export interface FakeConnector {
  readonly address: string;
  /** What was asked, with whose token and in which language. */
  readonly asked: {
    readonly path: string;
    readonly authorization: string | undefined;
    readonly language: string | undefined;
  }[];
  /** In place of the next answers. */
  answer: { readonly status: number; readonly body: object } | null;
  close(): Promise<void>;
}

export async function startFakeConnector(): Promise<FakeConnector> {
  const server = createServer((request, response) => {
    void (async () => {
      const path = request.url ?? '';
      const { authorization, 'accept-language': language } = request.headers;
      fake.asked.push({ path, authorization, language });
      const body = await json(request);
      const { status, body: answer } = fake.answer ?? {
        status: 200,
        body: path.startsWith('/api/v1/plans') ? plansFor(body) : usageFor(body),
      };
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    })();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const bound = server.address();
  const fake: FakeConnector = {
    address: `http://127.0.0.1:${typeof bound === 'object' ? bound?.port : 0}`,
    asked: [],
    answer: null,
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
  return fake;
}

function plansFor(body: unknown): PlansAnswer {
  const { scheme, base, changes } = plansBodySchema.parse(body);
  const rename = changes.filter(({ kinds }) => kinds.includes('retitled')).length;
  return {
    scheme,
    base,
    profiles: [{ profile: 'crm', targets: 3, counts: { ...noSteps(), rename }, refused: 0 }],
  };
}

function usageFor(body: unknown): UsageAnswer {
  const { scheme, conceptIds } = usageBodySchema.parse(body);
  const uses = conceptIds.length;
  const target = {
    target: 'to-crm',
    profile: 'crm',
    organisation: 'to',
    isCounted: true,
    reason: null,
    uses,
  };
  return {
    scheme,
    profiles: [{ profile: 'crm', counted: 1, notCounted: 0, uses }],
    targets: [{ ...target, records: [] }],
    next: 'to-crm',
  };
}
