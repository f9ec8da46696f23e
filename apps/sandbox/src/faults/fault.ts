import { z } from 'zod';

const retryAfter = z
  .union([z.int('whole seconds').min(0).transform(String), z.string()], {
    error: 'retryAfter is a number of seconds or an HTTP date',
  })
  .refine(
    (text) => /^\d+$/.test(text) || (/^\w{3}, .*GMT$/.test(text) && !Number.isNaN(Date.parse(text))),
    'retryAfter is a number of seconds ("5") or an HTTP date ("Wed, 21 Oct 2026 07:28:00 GMT")',
  );

const code = z
  .string('a code is text')
  .min(1, 'a code is not empty')
  .max(255, 'a code has at most 255 characters');

/** Body of `PUT /control/faults/{server}`: the kinds that it names are set, those it gives as null are cleared, others stay. */
export const faultRequest = z
  .strictObject(
    {
      status: z
        .literal([429, 500, 502, 503, 504], 'status is one of 429, 500, 502, 503, 504, or null')
        .nullable()
        .optional(),
      retryAfter: retryAfter.optional(),
      delayMs: z
        .int('delayMs is a whole number of milliseconds')
        .min(1, 'delayMs is at least 1')
        .max(600_000, 'delayMs is at most 600000 (10 minutes)')
        .nullable()
        .optional(),
      refuseCode: z
        .union([code.transform((one) => [one]), z.array(code).min(1).max(1_000)], {
          error: 'refuseCode is a code, a list of codes, or null',
        })
        .nullable()
        .optional(),
      chokeOn: z
        .union([code.transform((one) => [one]), z.array(code).min(1).max(1_000)], {
          error: 'chokeOn is a code, a list of codes, or null',
        })
        .nullable()
        .optional(),
      drop: z
        .literal(['before', 'after'], 'drop is "before" or "after" (storing), or null')
        .nullable()
        .optional(),
      forMs: z
        .int('forMs is a whole number of milliseconds')
        .min(1, 'forMs is at least 1')
        .max(86_400_000, 'forMs is at most 86400000 (a day)')
        .optional(),
      times: z
        .int('times is a whole number of requests')
        .min(1, 'times is at least 1')
        .max(1_000_000, 'times is at most 1000000')
        .optional(),
    },
    { error: (issue) => (issue.code === 'invalid_type' ? 'the body is a JSON object' : undefined) },
  )
  .refine(
    (body) => kinds(body).length > 0,
    'name at least one fault: status, delayMs, refuseCode, chokeOn or drop',
  )
  .refine((body) => body.retryAfter === undefined || body.status, 'retryAfter goes with a status');

export type FaultRequest = z.infer<typeof faultRequest>;

export const faultKinds = ['status', 'delayMs', 'refuseCode', 'chokeOn', 'drop'] as const;
export type FaultKind = (typeof faultKinds)[number];

const kinds = (body: Readonly<Record<string, unknown>>): FaultKind[] =>
  faultKinds.filter((kind) => body[kind] !== undefined);

interface Ending {
  /** Milliseconds since 1970; null: until it is cleared. */
  readonly endsAt: number | null;
  /** How many requests it still meets; null: all. */
  readonly timesLeft: number | null;
}

/** One thing that is wrong with a server at the moment. */
export type Fault = Ending &
  (
    | { readonly kind: 'status'; readonly status: number; readonly retryAfter: string | null }
    | { readonly kind: 'delayMs'; readonly delayMs: number }
    | { readonly kind: 'refuseCode'; readonly codes: readonly string[] }
    | { readonly kind: 'chokeOn'; readonly codes: readonly string[] }
    | { readonly kind: 'drop'; readonly drop: 'before' | 'after' }
  );

/** What a request changes: a fault to set by kind, or null to clear that kind. */
export function faultsOf(request: FaultRequest, now: number): Map<FaultKind, Fault | null> {
  const ending: Ending = {
    endsAt: request.forMs ? now + request.forMs : null,
    timesLeft: request.times ?? null,
  };
  const { status, delayMs, refuseCode, chokeOn, drop } = request;
  const changes = new Map<FaultKind, Fault | null>();
  const change = <T>(kind: FaultKind, value: T | null | undefined, fault: (value: T) => Fault): void => {
    if (value !== undefined) changes.set(kind, value === null ? null : fault(value));
  };
  const retryAfter = request.retryAfter ?? null;
  change('status', status, (status) => ({ kind: 'status', status, retryAfter, ...ending }));
  change('delayMs', delayMs, (delayMs) => ({ kind: 'delayMs', delayMs, ...ending }));
  change('refuseCode', refuseCode, (codes) => ({ kind: 'refuseCode', codes, ...ending }));
  change('chokeOn', chokeOn, (codes) => ({ kind: 'chokeOn', codes, ...ending }));
  change('drop', drop, (drop) => ({ kind: 'drop', drop, ...ending }));
  return changes;
}
