import type { ActorIdentity } from '#platform';
import { Injectable, type PipeTransform } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { personOf, type PersonId } from './person.ts';

/** `@Actor(PersonPipe) by: PersonId` in a handler that has `@RequireRole`. */
@Injectable()
export class PersonPipe implements PipeTransform<ActorIdentity, Promise<PersonId>> {
  constructor(private readonly db: DataSource) {}

  transform(actor: ActorIdentity): Promise<PersonId> {
    return personOf(this.db, actor);
  }
}
