import { auditAnswerSchema, auditPageSchema, personPathSchema, personsAnswerSchema } from '#contracts';
import { Actor, inTransaction, isRefusal, orProblem, RequireRole, run, sql } from '#platform';
import { Controller, Delete, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { appendAudit } from './append-audit.ts';
import { erasePerson } from './erase-person.ts';
import { personFrom, type PersonId } from './person.ts';
import { PersonPipe } from './person.pipe.ts';
import { readAudit, type ChainedEntry } from './read-audit.ts';

interface PersonView {
  readonly id: PersonId;
  readonly subject: string | null;
  readonly name: string | null;
}

@ApiTags('audit')
@Controller('api/v1')
export class AuditController {
  constructor(private readonly db: DataSource) {}

  @Get('audit')
  @RequireRole('auditor')
  @ApiOperation({
    summary: 'Who did what, the oldest first, with the hash that chains each entry to the one before',
  })
  @ApiOkResponse({ standardSchema: auditAnswerSchema })
  getAudit(
    @Query({ schema: auditPageSchema }) page: z.output<typeof auditPageSchema>,
  ): Promise<{ items: ChainedEntry[]; next: number | null }> {
    return readAudit(this.db, page);
  }

  @Get('persons')
  @RequireRole('auditor', 'administrator')
  @ApiOperation({ summary: 'Who stands behind the ids of the audit log, but for those who were erased' })
  @ApiOkResponse({ standardSchema: personsAnswerSchema })
  async getPersons(): Promise<{ items: PersonView[] }> {
    return {
      items: await run<PersonView>(this.db, sql`select id, subject, name from person order by subject, id`),
    };
  }

  @Delete('persons/:person')
  @RequireRole('administrator')
  @ApiOperation({
    summary:
      'Erase the name of a person whose work is finished; what they did stays in the audit log under their id',
  })
  @ApiOkResponse({ standardSchema: personsAnswerSchema })
  async erasePerson(
    @Param({ schema: personPathSchema }) { person }: z.output<typeof personPathSchema>,
    @Actor(PersonPipe) by: PersonId,
  ): Promise<{ items: PersonView[] }> {
    const id = personFrom(person);
    orProblem(
      await inTransaction(this.db, async (transaction) => {
        const erased = await erasePerson(transaction, id, by);
        if (isRefusal(erased)) return erased;
        await appendAudit(transaction, { actor: by, action: 'person-erased', subject: `person/${id}` });
        return id;
      }),
    );
    return { items: [{ id, subject: null, name: null }] };
  }
}
