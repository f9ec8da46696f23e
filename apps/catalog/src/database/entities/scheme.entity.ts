import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('scheme')
export class SchemeRow {
  @PrimaryColumn('text') id!: string;
  @Column('jsonb') titles!: Record<string, string>;
  @Column('text', { array: true }) languages!: string[];
  /** How many people must approve a draft: 1 or 2. */
  @Column('int', { default: 1 }) approvals!: number;
}
