import { expect, test } from 'vitest';
import { createLogger } from './logging.ts';
import { NestLogger } from './nest-logger.ts';

function recorded(level = 'trace') {
  const lines: Record<string, unknown>[] = [];
  const write = (line: string): void => void lines.push(JSON.parse(line));
  return { lines, logger: createLogger('catalog', level, { write }) };
}

test('a line is JSON with name, level, time and fields', () => {
  const { lines, logger } = recorded();
  logger.info({ changes: 12 }, 'relayed');
  expect(lines).toEqual([
    {
      level: 'info',
      time: expect.stringMatching(/^\d{4}-.*Z$/),
      name: 'catalog',
      changes: 12,
      msg: 'relayed',
    },
  ]);
});

test('secrets do not reach the log: by name of the field, inside texts, in errors and their causes', () => {
  const { lines, logger } = recorded();
  const cause = new Error('no login for postgres://catalog:hunter2@db/mappa');
  logger.error(
    {
      err: new Error('with Bearer eyJhbGciOiJSUzI1NiJ9.e30.sig', { cause }),
      request: { headers: { authorization: 'Bearer eyJhbGciOi', accept: '*/*' } },
      settings: [{ clientSecret: 'hunter2', password: 'hunter2', access_token: 'hunter2' }],
    },
    'cannot reach postgres://catalog:hunter2@db/mappa',
  );
  const text = JSON.stringify(lines);
  expect(text).not.toMatch(/hunter2|eyJhb/);
  expect(text).toContain('postgres://catalog:***@db/mappa');
  expect(lines[0]).toMatchObject({ request: { headers: { authorization: '***', accept: '*/*' } } });
});

test("Nest's errors keep stack and context", () => {
  const { lines, logger } = recorded();
  new NestLogger(logger).error('it broke', 'Error: it broke\n at x', 'Router');
  new NestLogger(logger).error(new Error('thrown'), 'Router');
  expect(lines[0]).toMatchObject({
    level: 'error',
    msg: 'it broke',
    context: 'Router',
    stack: 'Error: it broke\n at x',
  });
  expect(lines[1]).toMatchObject({ msg: 'thrown', context: 'Router', err: { message: 'thrown' } });
});
