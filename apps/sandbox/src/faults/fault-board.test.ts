import { describe, expect, test } from 'vitest';
import { FaultBoard } from './fault-board.ts';
import { faultRequest } from './fault.ts';

const request = (body: unknown) => faultRequest.parse(body);
const problems = (body: unknown) =>
  faultRequest.safeParse(body).error?.issues.map(({ message }) => message) ?? [];

describe('the board', () => {
  test('holds several faults of one server at once, and none of another', () => {
    const board = new FaultBoard();
    board.set('crm', request({ delayMs: 200 }));
    board.set('crm', request({ refuseCode: 'A1.1', drop: 'after' }));
    expect(board.inForce('crm').map(({ kind }) => kind)).toEqual(['delayMs', 'refuseCode', 'drop']);
    expect(board.isClear('cmis')).toBe(true);
  });

  test('forgets a fault when its time is over', () => {
    let now = 1_000;
    const board = new FaultBoard(() => now);
    board.set('crm', request({ status: 503, forMs: 30_000, retryAfter: '5' }));
    now += 29_999;
    expect(board.take('crm', 'status')).toMatchObject({ status: 503, retryAfter: '5' });
    now += 1;
    expect(board.take('crm', 'status')).toBeNull();
    expect(board.isClear('crm')).toBe(true);
  });

  test('meets only as many requests as it was told to', () => {
    const board = new FaultBoard();
    board.set('scim', request({ drop: 'after', times: 2 }));
    expect([1, 2, 3].map(() => board.take('scim', 'drop') !== null)).toEqual([true, true, false]);
  });

  test('clears one kind that is given as null', () => {
    const board = new FaultBoard();
    board.set('scim', request({ drop: 'after', delayMs: 5 }));
    board.set('scim', request({ drop: null }));
    expect(board.inForce('scim').map(({ kind }) => kind)).toEqual(['delayMs']);
  });

  test('refuses the codes it was told to refuse', () => {
    const board = new FaultBoard();
    board.set('cmis', request({ refuseCode: ['A1', 'A2'] }));
    expect([board.refuses('cmis', 'A2'), board.refuses('cmis', 'A3'), board.refuses('cmis', null)]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe('a request for a fault', () => {
  test('takes Retry-After in both of its forms', () => {
    expect(problems({ status: 429, retryAfter: 5 })).toEqual([]);
    expect(problems({ status: 429, retryAfter: 'Wed, 21 Oct 2026 07:28:00 GMT' })).toEqual([]);
    expect(problems({ status: 429, retryAfter: 'soon' })).toHaveLength(1);
  });

  test('names all its problems in plain words', () => {
    expect(problems({ status: 200, delayMs: -1, drop: 'now', nonsense: 1 })).toHaveLength(4);
    expect(problems({})).toEqual(['name at least one fault: status, delayMs, refuseCode, chokeOn or drop']);
    expect(problems('x')).toEqual(['the body is a JSON object']);
  });
});
