import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Put } from '@nestjs/common';
import { orProblem, refuse, type Refusal } from '#platform';
import { say } from '#words';
import { z } from 'zod';
import {
  HOLDINGS,
  serverNames,
  type HeldRecord,
  type Holdings,
  type JournalLine,
  type ServerName,
} from '../servers.ts';
import { faultRequest, type Fault, type FaultRequest } from './fault.ts';
import { FaultBoard } from './fault-board.ts';

const lostCode = z.strictObject({
  code: z.string('name the code that is to be lost').min(1, 'a code is not empty'),
});

/** For tests and demonstrations, from behind the protocols: faults, loss of a record, and what a server holds. */
@Controller('control')
export class ControlController {
  constructor(
    @Inject(FaultBoard) private readonly board: FaultBoard,
    @Inject(HOLDINGS) private readonly holdings: readonly Holdings[],
  ) {}

  @Get('faults')
  all(): Record<string, Fault[]> {
    return Object.fromEntries(serverNames.map((name) => [name, this.board.inForce(name)]));
  }

  @Put('faults/:server')
  set(@Param('server') server: string, @Body({ schema: faultRequest }) request: FaultRequest): Fault[] {
    const name = orProblem(serverNamed(server));
    this.board.set(name, request);
    return this.board.inForce(name);
  }

  @Delete('faults')
  @HttpCode(204)
  clearAll(): void {
    for (const name of serverNames) this.board.clear(name);
  }

  @Delete('faults/:server')
  @HttpCode(204)
  clear(@Param('server') server: string): void {
    this.board.clear(orProblem(serverNamed(server)));
  }

  @Post(':server/lose')
  @HttpCode(200)
  lose(
    @Param('server') server: string,
    @Body({ schema: lostCode }) { code }: z.infer<typeof lostCode>,
  ): { lost: number } {
    const lost = this.of(server).lose(code);
    return orProblem(
      lost > 0
        ? { lost }
        : refuse('unknown-code', {
            status: 404,
            title: say`${server} holds no record with the code ${code}`,
          }),
    );
  }

  @Get(':server/records')
  records(@Param('server') server: string): HeldRecord[] {
    return this.of(server).records();
  }

  @Get(':server/journal')
  journal(@Param('server') server: string): JournalLine[] {
    return this.of(server).journal();
  }

  private of(server: string): Holdings {
    const name = orProblem(serverNamed(server));
    return this.holdings.find((holdings) => holdings.server === name)!;
  }
}

function serverNamed(text: string): ServerName | Refusal {
  const name = serverNames.find((known) => known === text);
  return (
    name ??
    refuse('unknown-server', {
      status: 404,
      title: say`There is no server ${text}; there are ${serverNames.join(', ')}`,
    })
  );
}
