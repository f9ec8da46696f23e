import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { LOGGER, type Logger } from '#platform';
import { CONFIG, type Config } from '../config.ts';
import { FaultBoard } from '../faults/fault-board.ts';
import type { Holdings } from '../servers.ts';
import { Mount } from './mount.ts';
import type { SimulatedServer } from './simulated-server.ts';

export interface Surroundings {
  readonly faults: FaultBoard;
  readonly config: Config;
  readonly logger: Logger;
}

/** A simulated server with what it holds, which is kept in the folder of the configuration. */
export function serverModule<Store extends Holdings>(
  store: Type<Store> & (new (dataDir: string) => Store),
  server: (store: Store, surroundings: Surroundings) => SimulatedServer,
): DynamicModule {
  @Module({})
  class ServerModule {}
  return {
    module: ServerModule,
    providers: [
      { provide: store, inject: [CONFIG], useFactory: ({ dataDir }: Config) => new store(dataDir) },
      {
        provide: ServerModule.name,
        inject: [Mount, store, FaultBoard, CONFIG, LOGGER],
        useFactory: (mount: Mount, held: Store, faults: FaultBoard, config: Config, logger: Logger) =>
          mount.server(server(held, { faults, config, logger })),
      },
    ],
    exports: [store],
  };
}
