import { Controller, Inject } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { z } from 'zod';
import { changeEventSchema, eventTypes, inForceEventSchema, topics } from '#contracts';
import type { MessageBatch } from '#messaging';
import { DeadLetters } from './dead-letters.ts';
import { Intake } from './intake.ts';
import { readBatch } from './read-batch.ts';

/** The topics that the connector follows. A batch is done when all of it is stored, or put aside. */
@Controller()
export class IntakeController {
  constructor(
    @Inject(Intake) private readonly intake: Intake,
    @Inject(DeadLetters) private readonly deadLetters: DeadLetters,
  ) {}

  @EventPattern(topics.changes.name)
  async takeChanges(@Payload() batch: MessageBatch): Promise<void> {
    for (const { epoch, events } of await this.readOrPutAside(batch, eventTypes.change, changeEventSchema)) {
      await this.intake.takeChanges(events, epoch);
    }
  }

  @EventPattern(topics.revisions.name)
  async takeRevisions(@Payload() batch: MessageBatch): Promise<void> {
    for (const { epoch, events, brokerTimes } of await this.readOrPutAside(
      batch,
      eventTypes.inForce,
      inForceEventSchema,
    )) {
      await this.intake.takeRevisions(events, epoch, brokerTimes);
    }
  }

  private async readOrPutAside<Event>(batch: MessageBatch, type: string, schema: z.ZodType<Event>) {
    const { byEpoch, unreadable } = readBatch(batch, type, schema);
    await this.deadLetters.putAside(batch, unreadable);
    return byEpoch;
  }
}
