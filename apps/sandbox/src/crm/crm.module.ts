import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { LOGGER, type Logger } from '#platform';
import { CONFIG, type Config } from '../config.ts';
import { FaultBoard } from '../faults/fault-board.ts';
import { Mount } from '../mounting/mount.ts';
import { crmServer } from './crm.server.ts';
import { CrmStore } from './crm.store.ts';

@Module({
  providers: [
    { provide: CrmStore, inject: [CONFIG], useFactory: ({ dataDir }: Config) => new CrmStore(dataDir) },
  ],
  exports: [CrmStore],
})
export class CrmModule implements OnModuleInit {
  constructor(
    @Inject(Mount) private readonly mount: Mount,
    @Inject(CrmStore) private readonly store: CrmStore,
    @Inject(FaultBoard) private readonly faults: FaultBoard,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onModuleInit(): void {
    this.mount.server(crmServer(this.store, this.faults, this.config.publicUrl, this.logger));
  }
}
