import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { LOGGER, type Logger } from '#platform';
import { CONFIG, type Config } from '../config.ts';
import { FaultBoard } from '../faults/fault-board.ts';
import { Mount } from '../mounting/mount.ts';
import { webhookServer } from './webhook.server.ts';
import { WebhookStore } from './webhook.store.ts';

@Module({
  providers: [
    {
      provide: WebhookStore,
      inject: [CONFIG],
      useFactory: ({ dataDir }: Config) => new WebhookStore(dataDir),
    },
  ],
  exports: [WebhookStore],
})
export class WebhookModule implements OnModuleInit {
  constructor(
    @Inject(Mount) private readonly mount: Mount,
    @Inject(WebhookStore) private readonly store: WebhookStore,
    @Inject(FaultBoard) private readonly faults: FaultBoard,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onModuleInit(): void {
    this.mount.server(webhookServer(this.store, this.faults, this.logger));
  }
}
