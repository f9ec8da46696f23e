import type { Edition } from '#contracts';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

@Entity('edition')
export class EditionRow {
  @PrimaryGeneratedColumn('uuid') id!: string;
  @Column('text', { name: 'scheme_id' }) schemeId!: string;
  @Column('text') label!: string;
  @Column('jsonb') definition!: Edition;
  /** Of the source document, 64 hexadecimal digits; null for an edition that was edited by hand. */
  @Column('text', { name: 'source_sha256', nullable: true }) sourceSha256!: string | null;
}
