import { Controller, Delete, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { auditAnswerSchema, auditPageSchema, personPathSchema } from '#contracts';
import { Actor, orProblem, RequireRole, type ActorIdentity } from '#platform';
import { audited } from './audited.ts';
import { erasePerson } from './erase-person.ts';
import { personOf } from './person.ts';
import { readAudit, type AuditEntry } from './read-audit.ts';
import { readPersons } from './read-persons.ts';
import {
  erasedAnswer,
  personsAnswer,
  personsQuery,
  type ErasedAnswer,
  type PersonsAnswer,
  type PersonsQuery,
} from './schemas.ts';

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

  @Get('persons')
  @RequireRole('auditor', 'administrator')
  @ApiOperation({ summary: 'Who stands behind the ids of the audit log, but for those who were erased' })
  @ApiOkResponse({ standardSchema: personsAnswer })
  getPersons(@Query({ schema: personsQuery }) page: PersonsQuery): Promise<PersonsAnswer> {
    return readPersons(this.db, page);
  }

  @Delete('persons/:person')
  @RequireRole('administrator')
  @ApiOperation({
    summary: 'Erase who a person was; what they did stays in the audit log under their id',
  })
  @ApiOkResponse({ standardSchema: erasedAnswer })
  async erasePerson(
    @Param({ schema: personPathSchema }) { person: id }: z.output<typeof personPathSchema>,
    @Actor() actor: ActorIdentity,
  ): Promise<ErasedAnswer> {
    const by = await personOf(this.db, actor);
    const done = { action: 'person-erased', subject: `person/${id}` };
    orProblem(
      await audited(
        this.db,
        actor,
        done,
        (transaction) => erasePerson(transaction, id, by),
        ({ changed }) => changed,
      ),
    );
    return { items: [{ id, subject: null }] };
  }
}
