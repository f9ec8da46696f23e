import type { DraftState, Edition, ProfilePlan } from '#contracts';
import type { Finding } from '#taxonomy';
import type { PersonId } from '../../audit/person.ts';
import { Column, CreateDateColumn, Entity, PrimaryGeneratedColumn } from 'typeorm';

@Entity('draft')
export class DraftRow {
  @PrimaryGeneratedColumn('uuid') id!: string;
  @Column('text', { name: 'scheme_id' }) schemeId!: string;
  /** Of the revision that it would make: the base's, or a new one. */
  @Column('jsonb') edition!: Edition;
  @Column('text', { name: 'source_sha256', nullable: true }) sourceSha256!: string | null;
  /** null: the first revision of the scheme is being prepared. */
  @Column('int', { name: 'base_revision', nullable: true }) baseRevision!: number | null;
  @Column('text', { default: 'open' }) state!: DraftState;
  /** Grows with each edit. */
  @Column('int', { default: 1 }) version!: number;
  /** Id of a person. */
  @Column('text', { name: 'created_by' }) createdBy!: PersonId;
  @CreateDateColumn({ type: 'timestamptz', name: 'created_at' }) createdAt!: Date;
  @Column('int', { name: 'published_revision', nullable: true }) publishedRevision!: number | null;
  /** The Europe/Rome day that it is sealed for, or was until a conflict. */
  @Column('date', { name: 'effective_date', nullable: true }) effectiveDate!: string | null;
  /** Content hash of the map that was submitted. */
  @Column('bytea', { name: 'submitted_hash', nullable: true }) submittedHash!: Buffer | null;
  /** Of all that was submitted, see `submissionHash`; an approval is for it. */
  @Column('bytea', { name: 'submission_hash', nullable: true }) submissionHash!: Buffer | null;
  /** What it means for targets; part of the submission. Null: the approval covers no plan. */
  @Column('jsonb', { nullable: true }) plan!: readonly ProfilePlan[] | null;
  /** How many people must approve the submission. */
  @Column('int', { name: 'approvals_needed', nullable: true }) approvalsNeeded!: number | null;
  /** Content hash of the map on its day, as long as it is sealed, and of the map that it stands on. */
  @Column('bytea', { name: 'sealed_hash', nullable: true }) sealedHash!: Buffer | null;
  @Column('bytea', { name: 'sealed_on', nullable: true }) sealedOn!: Buffer | null;
  /** Label of the edition with which it comes into force: its own, or that of the map that it stands on. */
  @Column('text', { name: 'sealed_edition', nullable: true }) sealedEdition!: string | null;
  /** Orders sealed sets of one day. */
  @Column('bigint', { name: 'seal_position', nullable: true }) sealPosition!: number | null;
  /** When a conflict sent it back to a person. */
  @Column('timestamptz', { name: 'returned_at', nullable: true }) returnedAt!: Date | null;
  /** Why it came back, beside what both changed. */
  @Column('jsonb', { name: 'returned_findings', default: [] }) returnedFindings!: readonly Finding[];
  /** It is a historical edition, valid from this Europe/Rome day until that revision, the lowest one known, followed it. */
  @Column('date', { name: 'history_from', nullable: true }) historyFrom!: string | null;
  @Column('int', { name: 'history_before', nullable: true }) historyBefore!: number | null;
  @Column('boolean', { default: false }) erratum!: boolean;
  /** Number of the revision whose map it brings back. */
  @Column('int', { name: 'rollback_to', nullable: true }) rollbackTo!: number | null;
}
