import { Global, Module, type DynamicModule } from '@nestjs/common';
import type { CatalogConfig } from './config.ts';

export const CONFIG = Symbol('configuration of the catalog');

@Global()
@Module({})
export class ConfigModule {
  static forRoot(config: CatalogConfig): DynamicModule {
    return { module: ConfigModule, providers: [{ provide: CONFIG, useValue: config }], exports: [CONFIG] };
  }
}
