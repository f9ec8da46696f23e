import type { Connection, Driver, StoredRecord } from '../driver.ts';

/** A running server that a driver is tried on. */
export interface Stage {
  readonly connection: Connection;
  /** Credentials that the server does not take. */
  readonly wrong: Pick<Connection, 'user' | 'secret'>;
  create(connection: Connection): Driver;
  /** In the bytes of a request: it writes. Without it, POST, PATCH, PUT and DELETE do. */
  readonly writes?: RegExp;
  /** Deletes a record behind our back. */
  lose(externalId: string): Promise<void>;
  /** Makes a record that is not ours, below the root; returns its id. Absent where there is none but ours. */
  makeForeign?(code: string, title: string): Promise<string>;
  /** All records, seen from behind the protocol, where the driver cannot list. */
  records?(): Promise<StoredRecord[]>;
  /** Uses a record once, in the target's own way, where the driver counts uses. */
  use?(externalId: string): Promise<void>;
  /** Makes something refer to a record, so that the target keeps it, where the driver says that it does. */
  occupy?(externalId: string): Promise<void>;
  stop(): Promise<void>;
}
