import type { Edition } from '#contracts';
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
  @Column('text', { default: 'open' }) state!: 'open' | 'published' | 'discarded';
  /** Grows with each edit. */
  @Column('int', { default: 1 }) version!: number;
  @Column('text', { name: 'created_by' }) createdBy!: string;
  @CreateDateColumn({ type: 'timestamptz', name: 'created_at' }) createdAt!: Date;
  @Column('int', { name: 'published_revision', nullable: true }) publishedRevision!: number | null;
}
