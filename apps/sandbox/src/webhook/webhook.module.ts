import { serverModule } from '../mounting/server-module.ts';
import { webhookServer } from './webhook.server.ts';
import { WebhookStore } from './webhook.store.ts';

export const WebhookModule = serverModule(WebhookStore, (store, { faults, logger }) =>
  webhookServer(store, faults, logger),
);
