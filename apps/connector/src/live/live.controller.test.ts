import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { Module } from '@nestjs/common';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createHttpApp, createLogger, type HttpApp } from '#platform';
import { Alarm } from '../delivery/alarm.ts';
import { LiveController } from './live.controller.ts';
import { LiveHub, type Listener, type Watched } from './live-hub.ts';

let app: HttpApp;
let hub: LiveHub;
let address: URL;
/** As the server sees those who watch, in the order in which they came. */
let listeners: Listener[];
let sockets: Socket[];

beforeEach(async () => {
  hub = new LiveHub();
  listeners = [];
  sockets = [];
  const join = hub.join.bind(hub);
  vi.spyOn(hub, 'join').mockImplementation((listener, last) => {
    listeners.push(listener);
    return join(listener, last);
  });
  @Module({
    controllers: [LiveController],
    providers: [
      { provide: LiveHub, useValue: hub },
      { provide: Alarm, useValue: new Alarm() },
    ],
  })
  class LiveTestModule {
    beforeApplicationShutdown(): void {
      hub.end();
    }
  }
  const logger = createLogger('test', 'silent');
  const options = { name: 'test', host: '127.0.0.1', port: 0, logger, authentication: 'own' } as const;
  app = await createHttpApp(LiveTestModule, options);
  address = new URL(await app.start());
});
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await app.stop();
});

/** Somebody who watches over a connection of their own. */
class Reader {
  text = '';
  private readonly socket: Socket;

  constructor() {
    this.socket = connect(Number(address.port), address.hostname);
    sockets.push(this.socket);
    this.socket.on('data', (chunk) => void (this.text += chunk.toString()));
    this.socket.write(`GET /api/v1/live HTTP/1.1\r\nhost: ${address.host}\r\n\r\n`);
  }

  async until(part: string): Promise<void> {
    while (!this.text.includes(part)) await once(this.socket, 'data');
  }

  stopReading(): void {
    this.socket.pause();
  }

  readOn(): void {
    this.socket.resume();
  }

  async closed(): Promise<void> {
    if (!this.socket.closed) await once(this.socket, 'close');
  }
}

async function watching(): Promise<Reader> {
  const reader = new Reader();
  await reader.until('event: reset');
  return reader;
}

let count = 0;
/** 400 targets change: an event of about 40 kB. */
function change(): string {
  count++;
  const targets = Array.from({ length: 400 }, (_, i): Watched => ({
    id: `target-${i}-${'x'.repeat(30)}`,
    state: 'behind',
    desired: count,
    applied: 0,
    stuck: 0,
  }));
  hub.look(targets);
  return `"desired":${count},`;
}

it('a reader that takes nothing holds up nobody and fills no memory; when it reads on it is told to read anew', async () => {
  const [slow, quick] = [await watching(), await watching()];
  slow.stopReading();
  change();
  let most = 0;
  for (let events = 0; events < 400; events++) {
    await quick.until(change());
    quick.text = '';
    most = Math.max(most, listeners[0]?.waiting() ?? Infinity);
  }
  expect(most).toBeGreaterThan(256 * 1024);
  expect(most).toBeLessThan(400 * 1024);

  slow.readOn();
  while ((listeners[0]?.waiting() ?? 0) > 0) await new Promise(setImmediate);
  hub.beat(0);
  await slow.until('events were dropped');
  await slow.until(change());
});

it('a stop ends all streams at once, also that of a reader that takes nothing, and lets nobody in', async () => {
  const [slow, quick] = [await watching(), await watching()];
  slow.stopReading();
  change();
  while ((listeners[0]?.waiting() ?? 0) <= 256 * 1024) await quick.until(change());
  const closeAll = vi.spyOn(app.nest.getHttpServer(), 'closeAllConnections');
  const stopped = app.stop();
  await quick.closed();
  await stopped;
  // Connections that do not end by themselves are cut after some seconds; these were not among them.
  expect(closeAll).not.toHaveBeenCalled();
  slow.readOn();
  await slow.closed();
});
