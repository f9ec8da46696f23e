import { Global, Module } from '@nestjs/common';
import { FaultBoard } from '../faults/fault-board.ts';
import { Mount } from './mount.ts';

/** What every simulated server needs: a place below the app, and its faults. */
@Global()
@Module({
  providers: [Mount, { provide: FaultBoard, useFactory: () => new FaultBoard() }],
  exports: [Mount, FaultBoard],
})
export class MountingModule {}
