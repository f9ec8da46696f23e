import { Module } from '@nestjs/common';
import { ConnectorClient } from './connector-client.ts';
import { ImpactController } from './impact.controller.ts';

@Module({ controllers: [ImpactController], providers: [ConnectorClient], exports: [ConnectorClient] })
export class ImpactModule {}
