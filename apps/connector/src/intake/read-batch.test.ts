import { describe, expect, it } from 'vitest';
import { eventTypes, inForceEventSchema } from '#contracts';
import { cloudEventHeaders } from '#messaging';
import { MapHistory, mapOf } from '../testing/map-history.ts';
import { epochOf, readBatch } from './read-batch.ts';

const { inForce } = new MapHistory('map').publish(mapOf(['1 A1 a']));
const message = (id: string, body: unknown, type: string = eventTypes.inForce) => ({
  key: Buffer.from('map'),
  value: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
  headers: cloudEventHeaders({ id, source: '/schemes/map', type }),
  timestamp: '0',
  attributes: 0,
  offset: '0',
});
const read = (...messages: ReturnType<typeof message>[]) =>
  readBatch({ messages }, eventTypes.inForce, inForceEventSchema);

describe('a batch of events', () => {
  it('is read epoch by epoch, in order', () => {
    const { byEpoch, unreadable } = read(
      message('e1-1', inForce),
      message('e1-2', inForce),
      message('e2-1', inForce),
    );
    expect(byEpoch.map(({ epoch, events }) => [epoch, events.length])).toEqual([
      ['e1', 2],
      ['e2', 1],
    ]);
    expect(unreadable).toEqual([]);
  });

  it('leaves out types that are not ours, such as a later announcement', () => {
    expect(read(message('e1-1', { when: 'soon' }, 'mappa.revision.announced.v1'))).toEqual({
      byEpoch: [],
      unreadable: [],
    });
  });

  it('gives back what can never be read, with the reason, and reads the rest', () => {
    const { byEpoch, unreadable } = read(
      message('e1-1', '{'),
      message('e1-2', { ...inForce, contentHash: 'short' }),
      message('nothing', inForce),
      { ...message('e1-3', inForce), headers: {} },
      message('e1-4', inForce),
    );
    expect(unreadable.map(({ reason }) => reason)).toEqual([
      expect.stringContaining('not JSON'),
      expect.stringContaining('contentHash: '),
      'the id nothing is not <epoch>-<position>',
      'not a CloudEvent',
    ]);
    expect(byEpoch).toHaveLength(1);
  });

  it('knows the epoch of an id, also where it has hyphens or a suffix', () => {
    expect(epochOf('7949cf9d-12.change')).toBe('7949cf9d');
    expect(epochOf('7949-cf9d-12')).toBe('7949-cf9d');
    expect(epochOf('12')).toBeNull();
  });
});
