import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { LOGGER, type Logger } from '#platform';
import { CONFIG, type Config } from '../config.ts';
import { FaultBoard } from '../faults/fault-board.ts';
import { Mount } from '../mounting/mount.ts';
import { hrServer } from './hr.server.ts';
import { HrStore } from './hr.store.ts';

@Module({
  providers: [
    { provide: HrStore, inject: [CONFIG], useFactory: ({ dataDir }: Config) => new HrStore(dataDir) },
  ],
  exports: [HrStore],
})
export class HrModule implements OnModuleInit {
  constructor(
    @Inject(Mount) private readonly mount: Mount,
    @Inject(HrStore) private readonly store: HrStore,
    @Inject(FaultBoard) private readonly faults: FaultBoard,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onModuleInit(): void {
    this.mount.server(hrServer(this.store, this.faults, this.config.publicUrl, this.logger));
  }
}
