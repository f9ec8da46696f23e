import {
  schemePathSchema,
  schemeSchema,
  schemeSettingsSchema,
  schemesAnswerSchema,
  type Scheme,
} from '#contracts';
import { Actor, inTransaction, orProblem, refuse, RequireRole } from '#platform';
import { say } from '#words';
import { Body, Controller, Get, Param, Patch, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { appendAudit } from '../audit/append-audit.ts';
import { PersonPipe } from '../audit/person.pipe.ts';
import type { PersonId } from '../audit/person.ts';
import { SchemeRow } from '../database/entities/scheme.entity.ts';
import { changeSettings } from './change-settings.ts';
import { findScheme } from './find-scheme.ts';

@ApiTags('schemes')
@Controller('api/v1/schemes')
export class SchemesController {
  constructor(private readonly db: DataSource) {}

  @Get()
  @ApiOperation({ summary: 'All schemes of this catalog' })
  @ApiOkResponse({ standardSchema: schemesAnswerSchema })
  async getSchemes(): Promise<{ items: SchemeRow[] }> {
    return { items: await this.db.manager.find(SchemeRow, { order: { id: 'ASC' } }) };
  }

  @Get(':scheme')
  @ApiOperation({ summary: 'One scheme' })
  @ApiOkResponse({ standardSchema: schemeSchema })
  async getScheme(
    @Param({ schema: schemePathSchema }) { scheme }: z.output<typeof schemePathSchema>,
  ): Promise<SchemeRow> {
    return orProblem(await findScheme(this.db.manager, scheme));
  }

  @Patch(':scheme')
  @RequireRole('administrator')
  @ApiOperation({ summary: 'Say how many people must approve a draft of a scheme' })
  @ApiOkResponse({ standardSchema: schemeSchema })
  async changeSettings(
    @Param({ schema: schemePathSchema }) { scheme }: z.output<typeof schemePathSchema>,
    @Body({ schema: schemeSettingsSchema }) settings: z.output<typeof schemeSettingsSchema>,
    @Actor(PersonPipe) by: PersonId,
  ): Promise<SchemeRow> {
    return orProblem(await changeSettings(this.db, scheme, settings, by));
  }

  @Post()
  @RequireRole('administrator')
  @ApiOperation({ summary: 'Add a scheme, still without a revision' })
  @ApiCreatedResponse({ standardSchema: schemeSchema })
  async createScheme(
    @Body({ schema: schemeSchema }) scheme: Scheme,
    @Actor(PersonPipe) by: PersonId,
  ): Promise<SchemeRow> {
    const created = await inTransaction(this.db, async (transaction) => {
      const insert = transaction.createQueryBuilder().insert().into(SchemeRow).values(scheme);
      const { raw } = await insert.orIgnore().returning('id').execute();
      if (!Array.isArray(raw) || raw.length === 0)
        return refuse('scheme-exists', { title: say`A scheme of this id exists`, status: 409 });
      await appendAudit(transaction, { actor: by, action: 'scheme-created', subject: `scheme/${scheme.id}` });
      return { ...scheme };
    });
    return orProblem(created);
  }
}
