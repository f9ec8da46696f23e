import {
  draftAnswerSchema,
  draftChildrenSchema,
  draftEntriesAnswerSchema,
  draftEntryPathSchema,
  draftEntrySchema,
  draftPathSchema,
  editsSchema,
  entryContentSchema,
  entryPatchSchema,
  retireSchema,
} from '#contracts';
import { Actor, ApiIfMatch, IfMatch, isRefusal, orProblem, RequireRole, versionTag } from '#platform';
import { Body, Controller, Delete, Get, Param, Patch, Put, Query, Res } from '@nestjs/common';
import { ApiConsumes, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { PersonPipe } from '../audit/person.pipe.ts';
import type { PersonId } from '../audit/person.ts';
import { changeDraft } from './change-draft.ts';
import { answerDraft, type DraftView } from './draft-view.ts';
import type { DraftedEntry } from './drafted-entries.ts';
import { editDraft } from './edit-draft.ts';
import { editEntry, type EntryEdit } from './edit-entry.ts';
import { findDraft } from './find-draft.ts';
import { findDrafted } from './find-drafted.ts';
import { readChildren } from './read-children.ts';

type DraftPath = z.output<typeof draftPathSchema>;
type EntryPath = z.output<typeof draftEntryPathSchema>;

@ApiTags('drafts')
@RequireRole('editor', 'approver')
@Controller('api/v1/drafts/:draft/entries')
export class DraftEntriesController {
  constructor(private readonly db: DataSource) {}

  @Get()
  @ApiOperation({ summary: 'What stands directly below an entry as the draft has it, or at the top' })
  @ApiOkResponse({ standardSchema: draftEntriesAnswerSchema })
  async getDraftChildren(
    @Param({ schema: draftPathSchema }) { draft }: DraftPath,
    @Query({ schema: draftChildrenSchema }) page: z.output<typeof draftChildrenSchema>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ items: DraftedEntry[]; next: string | null }> {
    const found = orProblem(await findDraft(this.db.manager, draft));
    void reply.header('etag', versionTag(found.version));
    return orProblem(await readChildren(this.db, found, page));
  }

  @Patch()
  @RequireRole('editor')
  @ApiIfMatch()
  @ApiOperation({ summary: 'Create, change and retire entries of a draft, all of them or none' })
  @ApiOkResponse({ standardSchema: draftAnswerSchema })
  async editDraft(
    @Param({ schema: draftPathSchema }) { draft }: DraftPath,
    @Body({ schema: editsSchema }) { edits }: z.output<typeof editsSchema>,
    @Actor(PersonPipe) by: PersonId,
    @IfMatch() ifMatch: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DraftView> {
    return answerDraft(reply, orProblem(await editDraft(this.db, draft, edits, by, ifMatch)));
  }

  @Get(':entry')
  @ApiOperation({ summary: 'One entry as the draft has it, by its code in the draft or its concept id' })
  @ApiOkResponse({ standardSchema: draftEntrySchema })
  async getDraftEntry(
    @Param({ schema: draftEntryPathSchema }) { draft, entry }: EntryPath,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DraftedEntry> {
    const found = orProblem(await findDraft(this.db.manager, draft));
    void reply.header('etag', versionTag(found.version));
    return orProblem(await findDrafted(this.db, found, entry));
  }

  @Put(':entry')
  @RequireRole('editor')
  @ApiIfMatch()
  @ApiOperation({ summary: 'Create an entry, or replace what it says' })
  @ApiOkResponse({ standardSchema: draftEntrySchema })
  putDraftEntry(
    @Param({ schema: draftEntryPathSchema }) path: EntryPath,
    @Body({ schema: entryContentSchema }) content: z.output<typeof entryContentSchema>,
    @Actor(PersonPipe) by: PersonId,
    @IfMatch() ifMatch: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DraftedEntry> {
    return this.edit(path, by, ifMatch, reply, { op: 'put', content });
  }

  @Patch(':entry')
  @RequireRole('editor')
  @ApiIfMatch()
  @ApiConsumes('application/merge-patch+json', 'application/json')
  @ApiOperation({ summary: 'Change some of what an entry says, by JSON Merge Patch' })
  @ApiOkResponse({ standardSchema: draftEntrySchema })
  patchDraftEntry(
    @Param({ schema: draftEntryPathSchema }) path: EntryPath,
    @Body({ schema: entryPatchSchema }) patch: z.output<typeof entryPatchSchema>,
    @Actor(PersonPipe) by: PersonId,
    @IfMatch() ifMatch: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DraftedEntry> {
    return this.edit(path, by, ifMatch, reply, { op: 'patch', patch });
  }

  @Delete(':entry')
  @RequireRole('editor')
  @ApiIfMatch()
  @ApiOperation({ summary: 'Retire an entry' })
  @ApiOkResponse({ standardSchema: draftEntrySchema })
  retireDraftEntry(
    @Param({ schema: draftEntryPathSchema }) path: EntryPath,
    @Query({ schema: retireSchema }) { successors }: z.output<typeof retireSchema>,
    @Actor(PersonPipe) by: PersonId,
    @IfMatch() ifMatch: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DraftedEntry> {
    return this.edit(path, by, ifMatch, reply, { op: 'retire', successors });
  }

  /** Makes one edit, and answers the entry as the draft has it then. */
  private async edit(
    { draft: draftId, entry }: EntryPath,
    by: PersonId,
    ifMatch: string,
    reply: FastifyReply,
    edit: EntryEdit,
  ): Promise<DraftedEntry> {
    let concept = entry;
    const changed = await changeDraft(this.db, { draftId, by, ifMatch }, async (transaction, draft) => {
      const edited = await editEntry(transaction, draft, entry, edit, by);
      if (isRefusal(edited)) return edited;
      concept = edited.conceptId;
      return edited.done;
    });
    const draft = orProblem(changed);
    void reply.header('etag', versionTag(draft.version));
    return orProblem(await findDrafted(this.db, draft, concept));
  }
}
