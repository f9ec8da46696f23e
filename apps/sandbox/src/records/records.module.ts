import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { LOGGER, type Logger } from '#platform';
import { CONFIG, type Config } from '../config.ts';
import { FaultBoard } from '../faults/fault-board.ts';
import { Mount } from '../mounting/mount.ts';
import { recordsServer } from './records.server.ts';
import { RecordsStore } from './records.store.ts';

@Module({
  providers: [
    {
      provide: RecordsStore,
      inject: [CONFIG],
      useFactory: ({ dataDir }: Config) => new RecordsStore(dataDir),
    },
  ],
  exports: [RecordsStore],
})
export class RecordsModule implements OnModuleInit {
  constructor(
    @Inject(Mount) private readonly mount: Mount,
    @Inject(RecordsStore) private readonly store: RecordsStore,
    @Inject(FaultBoard) private readonly faults: FaultBoard,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onModuleInit(): void {
    this.mount.server(recordsServer(this.store, this.faults, this.config.publicUrl, this.logger));
  }
}
