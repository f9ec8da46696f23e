import { serverModule } from '../mounting/server-module.ts';
import { odataServer } from './odata.server.ts';
import { ODataStore } from './odata.store.ts';

export const ODataModule = serverModule(ODataStore, (store, { faults, config, logger }) =>
  odataServer(store, faults, config.publicUrl, logger),
);
