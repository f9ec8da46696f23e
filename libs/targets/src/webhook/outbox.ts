import type { Step } from '../driver.ts';
import { newMessage, recordData, type Message } from './message.ts';

const mostOpen = 10_000;

interface Open {
  readonly said: string;
  readonly message: Message;
}

/**
 * Messages that nobody has acknowledged yet, by key. A step that says the same again is the same message, so that a
 * receiver that had it drops it; one that says something else is another, even if it says what an older one said.
 */
export class Outbox {
  private readonly open = new Map<string, Open>();

  /** @param now milliseconds since 1970 */
  messageOf(step: Step, now: number): Message {
    const data = recordData(step);
    const said = JSON.stringify(data);
    const kept = this.open.get(step.key);
    const message = kept?.said === said ? kept.message : newMessage('mappa.record', data, now);
    this.open.delete(step.key);
    this.open.set(step.key, { said, message });
    const [oldest] = this.open.keys();
    if (oldest !== undefined && this.open.size > mostOpen) this.open.delete(oldest);
    return message;
  }

  acknowledged(key: string): void {
    this.open.delete(key);
  }
}
