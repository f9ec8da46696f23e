import type { ProfilePlan } from '#contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('revision')
export class RevisionRow {
  @PrimaryColumn('text', { name: 'scheme_id' }) schemeId!: string;
  @PrimaryColumn('int') number!: number;
  @Column('uuid', { name: 'edition_id' }) editionId!: string;
  @Column('date', { name: 'in_force_from' }) inForceFrom!: string;
  @Column('bytea', { name: 'content_hash' }) contentHash!: Buffer;
  /** Number of changes against the revision before. */
  @Column('int') changes!: number;
  /** What it means for targets, as it was approved. */
  @Column('jsonb', { nullable: true }) plan!: readonly ProfilePlan[] | null;
  @Column('text', { name: 'published_by' }) publishedBy!: string;
  @Column('timestamptz', { name: 'published_at' }) publishedAt!: Date;
}
