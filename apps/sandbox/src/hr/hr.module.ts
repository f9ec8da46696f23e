import { serverModule } from '../mounting/server-module.ts';
import { hrServer } from './hr.server.ts';
import { HrStore } from './hr.store.ts';

export const HrModule = serverModule(HrStore, (store, { faults, config, logger }) =>
  hrServer(store, faults, config.publicUrl, logger),
);
