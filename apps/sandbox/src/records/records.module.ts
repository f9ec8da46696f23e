import { serverModule } from '../mounting/server-module.ts';
import { recordsServer } from './records.server.ts';
import { RecordsStore } from './records.store.ts';

export const RecordsModule = serverModule(RecordsStore, (store, { faults, config, logger }) =>
  recordsServer(store, faults, config.publicUrl, logger),
);
