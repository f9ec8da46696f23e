import { serverModule } from '../mounting/server-module.ts';
import { crmServer } from './crm.server.ts';
import { CrmStore } from './crm.store.ts';

export const CrmModule = serverModule(CrmStore, (store, { faults, config, logger }) =>
  crmServer(store, faults, config.publicUrl, logger),
);
