import { Module } from '@nestjs/common';
import { ResolveModule } from '../resolve/resolve.module.ts';
import { AddHistoryController } from './add-history.controller.ts';
import { DecideHistoryController } from './decide-history.controller.ts';
import { CodeAddressController } from './code-address.controller.ts';
import { TimeController } from './time.controller.ts';

/** The map through time. */
@Module({
  imports: [ResolveModule],
  controllers: [AddHistoryController, DecideHistoryController, TimeController, CodeAddressController],
})
export class HistoryModule {}
