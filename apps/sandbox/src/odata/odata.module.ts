import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { LOGGER, type Logger } from '#platform';
import { CONFIG, type Config } from '../config.ts';
import { FaultBoard } from '../faults/fault-board.ts';
import { Mount } from '../mounting/mount.ts';
import { odataServer } from './odata.server.ts';
import { ODataStore } from './odata.store.ts';

@Module({
  providers: [
    { provide: ODataStore, inject: [CONFIG], useFactory: ({ dataDir }: Config) => new ODataStore(dataDir) },
  ],
  exports: [ODataStore],
})
export class ODataModule implements OnModuleInit {
  constructor(
    @Inject(Mount) private readonly mount: Mount,
    @Inject(ODataStore) private readonly store: ODataStore,
    @Inject(FaultBoard) private readonly faults: FaultBoard,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onModuleInit(): void {
    this.mount.server(odataServer(this.store, this.faults, this.config.publicUrl, this.logger));
  }
}
