import { describe, expect, test } from 'vitest';
import { TargetError } from '../driver.ts';
import type { Reply } from '../http/read-answer.ts';
import { judgeRefusal, judgeResult, type SaveResult } from './judge.ts';

const key = 'Mappa_Id__c';
const failed = (statusCode: string, message = 'its words'): SaveResult => ({
  success: false,
  errors: [{ statusCode, message, fields: [] }],
});

describe('one record', () => {
  test.each([
    ['DUPLICATE_VALUE', 'rejected', 'rejected'],
    ['STRING_TOO_LONG', 'rejected', 'rejected'],
    ['FIELD_CUSTOM_VALIDATION_EXCEPTION', 'rejected', 'rejected'],
    ['INVALID_CROSS_REFERENCE_KEY', 'rejected', 'maybe-gone'],
    ['ENTITY_IS_DELETED', 'rejected', 'maybe-gone'],
    ['NOT_FOUND', 'rejected', 'maybe-gone'],
    ['UNABLE_TO_LOCK_ROW', 'failing', 'failing'],
    ['SERVER_UNAVAILABLE', 'failing', 'failing'],
    ['REQUEST_LIMIT_EXCEEDED', 'slow-down', 'slow-down'],
  ])('%s is %s for a creation, %s for an update', (statusCode, created, updated) => {
    const reason = `${statusCode}: its words`;
    expect(judgeResult(failed(statusCode), key)).toMatchObject({ is: created, reason });
    expect(judgeResult(failed(statusCode), null)).toMatchObject({ is: updated, reason });
  });

  test('a creation that another one was faster than is tried again, because its record is there by then', () => {
    const twin = failed(
      'DUPLICATE_VALUE',
      'duplicate value found: Mappa_Id__c duplicates value on record with id: a00',
    );
    expect(judgeResult(twin, key).is).toBe('failing');
    expect(judgeResult(twin, null).is).toBe('rejected');
  });
});

describe('a request that is refused as a whole', () => {
  const refusal = (status: number, errorCode: string | null): Reply => ({
    ok: false,
    status,
    body: errorCode === null ? null : [{ errorCode, message: 'its words' }],
    reason: 'its words',
  });
  const troubleOf = (reply: Reply): unknown => {
    try {
      return judgeRefusal(reply);
    } catch (error) {
      return error instanceof TargetError ? error.answer.is : error;
    }
  };

  test('is halved where one record can be the cause', () => {
    expect(troubleOf(refusal(400, 'JSON_PARSER_ERROR'))).toHaveProperty('refused');
    expect(troubleOf(refusal(413, null))).toHaveProperty('refused');
  });
  test('is trouble with the CRM where no record is', () => {
    expect(troubleOf(refusal(400, 'INVALID_FIELD'))).toBe('failing');
    expect(troubleOf(refusal(404, 'NOT_FOUND'))).toBe('failing');
    expect(troubleOf(refusal(403, 'API_DISABLED_FOR_ORG'))).toBe('failing');
    expect(troubleOf(refusal(403, 'REQUEST_LIMIT_EXCEEDED'))).toBe('slow-down');
  });
});
