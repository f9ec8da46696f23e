import { PlatformModule, type Logger } from '#platform';
import { Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from './audit/audit.module.ts';
import type { CatalogConfig } from './config.ts';
import { ConfigModule } from './config.module.ts';
import { catalogDataSourceOptions } from './database/data-source.ts';
import { DraftsModule } from './drafts/drafts.module.ts';
import { ExportModule } from './export/export.module.ts';
import { HistoryModule } from './history/history.module.ts';
import { ImpactModule } from './impact/impact.module.ts';
import { ImportsModule } from './imports/imports.module.ts';
import { DocumentsModule } from './documents/documents.module.ts';
import { ProofModule } from './proof/proof.module.ts';
import { MatchingModule } from './matching/matching.module.ts';
import { PublicationModule } from './publication/publication.module.ts';
import { ReadingModule } from './reading/reading.module.ts';
import { RebaseModule } from './rebase/rebase.module.ts';
import { RelayModule } from './relay/relay.module.ts';
import { ReviewModule } from './review/review.module.ts';
import { ResolveModule } from './resolve/resolve.module.ts';
import { SealingModule } from './sealing/sealing.module.ts';
import { SearchModule } from './search/search.module.ts';
import { VerificationModule } from './verification/verification.module.ts';
import { SchemesModule } from './schemes/schemes.module.ts';

@Module({})
export class AppModule {
  static forRoot(config: CatalogConfig, logger: Logger): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.forRoot(config),
        PlatformModule.forRoot({
          name: 'catalog',
          logger,
          authentication: { issuer: config.OIDC_ISSUER, audience: 'mappa' },
        }),
        TypeOrmModule.forRoot(catalogDataSourceOptions(config.DATABASE_URL, logger)),
        SchemesModule,
        ImportsModule,
        MatchingModule,
        DraftsModule,
        PublicationModule,
        ReadingModule,
        HistoryModule,
        ResolveModule,
        ProofModule,
        DocumentsModule,
        ExportModule,
        RelayModule,
        AuditModule,
        ImpactModule,
        ReviewModule,
        SealingModule,
        RebaseModule,
        SearchModule,
        VerificationModule,
      ],
    };
  }
}
