import { Global, Module, type DynamicModule } from '@nestjs/common';
import type { ConnectorConfig } from './config.ts';

export const CONFIG = Symbol('configuration of the connector');

@Global()
@Module({})
export class ConfigModule {
  static forRoot(config: ConnectorConfig): DynamicModule {
    return { module: ConfigModule, providers: [{ provide: CONFIG, useValue: config }], exports: [CONFIG] };
  }
}
