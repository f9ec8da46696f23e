import { Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { PlatformModule, type Logger } from '#platform';
import { AttemptsModule } from './attempts/attempts.module.ts';
import { AuditController } from './audit/audit.controller.ts';
import type { ConnectorConfig } from './config.ts';
import { ConfigModule } from './config.module.ts';
import { connectorDataSourceOptions } from './database/schema.ts';
import { ConsumersController } from './consumers/consumers.controller.ts';
import { LiveModule } from './live/live.module.ts';
import { DeliveryModule } from './delivery/delivery.module.ts';
import { GuardsController } from './guards/guards.controller.ts';
import { HoldsController } from './guards/holds.controller.ts';
import { DriftModule } from './drift/drift.module.ts';
import { IntakeModule } from './intake/intake.module.ts';
import { ObservationController } from './observation/observation.controller.ts';
import { ActsController } from './operations/acts.controller.ts';
import { ConnectionController } from './operations/connection.controller.ts';
import { OperationsController } from './operations/operations.controller.ts';
import { RegistryModule } from './registry/registry.module.ts';
import { RehearsalController } from './rehearsal/rehearsal.controller.ts';
import { RolloutController } from './rollout/rollout.controller.ts';
import { SealedModule } from './sealed/sealed.module.ts';
import { UsageController } from './usage/usage.controller.ts';
import { UsesController } from './usage/uses.controller.ts';

@Module({})
export class AppModule {
  static forRoot(config: ConnectorConfig, logger: Logger): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.forRoot(config),
        PlatformModule.forRoot({
          name: 'connector',
          logger,
          authentication: { issuer: config.OIDC_ISSUER, audience: 'mappa' },
        }),
        TypeOrmModule.forRoot(connectorDataSourceOptions(config.DATABASE_URL, logger)),
        RegistryModule,
        IntakeModule,
        DeliveryModule,
        LiveModule,
        AttemptsModule,
        SealedModule,
        DriftModule,
      ],
      controllers: [
        OperationsController,
        ActsController,
        ConnectionController,
        ConsumersController,
        RolloutController,
        ObservationController,
        RehearsalController,
        UsageController,
        UsesController,
        GuardsController,
        HoldsController,
        AuditController,
      ],
    };
  }
}
