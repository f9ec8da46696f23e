import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { auditAnswerSchema, auditPageSchema } from '#contracts';
import { RequireRole } from '#platform';
import { readAudit, type AuditEntry } from './read-audit.ts';

@ApiTags('audit')
@Controller('api/v1')
export class AuditController {
  constructor(@Inject(DataSource) private readonly db: DataSource) {}

  @Get('audit')
  @RequireRole('auditor')
  @ApiOperation({
    summary: 'What people did, the oldest first, with the hash that chains each entry to the one before',
  })
  @ApiOkResponse({ standardSchema: auditAnswerSchema })
  getAudit(
    @Query({ schema: auditPageSchema }) page: z.output<typeof auditPageSchema>,
  ): Promise<{ items: AuditEntry[]; next: number | null }> {
    return readAudit(this.db, page);
  }
}
