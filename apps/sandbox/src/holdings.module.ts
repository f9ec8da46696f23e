import { Module } from '@nestjs/common';
import { CrmModule } from './crm/crm.module.ts';
import { CrmStore } from './crm/crm.store.ts';
import { HrModule } from './hr/hr.module.ts';
import { HrStore } from './hr/hr.store.ts';
import { ODataModule } from './odata/odata.module.ts';
import { ODataStore } from './odata/odata.store.ts';
import { RecordsModule } from './records/records.module.ts';
import { RecordsStore } from './records/records.store.ts';
import { HOLDINGS, type Holdings } from './servers.ts';
import { WebhookModule } from './webhook/webhook.module.ts';
import { WebhookStore } from './webhook/webhook.store.ts';

@Module({
  imports: [CrmModule, RecordsModule, HrModule, ODataModule, WebhookModule],
  providers: [
    {
      provide: HOLDINGS,
      inject: [CrmStore, RecordsStore, HrStore, ODataStore, WebhookStore],
      useFactory: (...stores: Holdings[]): Holdings[] => stores,
    },
  ],
  exports: [HOLDINGS],
})
export class HoldingsModule {}
