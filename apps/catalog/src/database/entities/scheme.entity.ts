import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('scheme')
export class SchemeRow {
  @PrimaryColumn('text') id!: string;
  @Column('jsonb') titles!: Record<string, string>;
  @Column('text', { array: true }) languages!: string[];
}
