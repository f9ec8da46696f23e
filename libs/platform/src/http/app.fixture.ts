import { say } from '#words';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import {
  ConflictException,
  Body,
  Controller,
  Get,
  Module,
  Param,
  Post,
  Put,
  Query,
  StreamableFile,
  type Type,
} from '@nestjs/common';
import { z } from 'zod';
import { Actor, type ActorIdentity } from '../authentication/actor.ts';
import { RequireRole } from '../authentication/require-role.ts';
import type { AuthenticationOptions } from '../authentication/token-verifier.ts';
import { createLogger } from '../logging.ts';
import { PlatformModule } from '../platform.module.ts';
import { orProblem } from '../problem/problem-exception.ts';
import { refuse } from '../problem/refusal.ts';

const bodySchema = z.object({ title: z.string().min(1), changes: z.array(z.object({ code: z.string() })) });
const querySchema = z.object({
  limit: z.coerce.number().int().max(100).default(20),
  words: z.string().optional(),
});
const codeSchema = z.string().regex(/^[A-Z]\d/, 'not a code');

@Controller('api/v1')
export class EntriesController {
  @Get('entries')
  list(@Query({ schema: querySchema }) query: z.infer<typeof querySchema>): object {
    return query;
  }

  @Get('entries/:code')
  one(@Param('code', { schema: codeSchema }) code: string): object {
    if (code === 'A9') throw new ConflictException('it is held by another');
    if (code === 'A8') throw new Error('the password is hunter2');
    if (code === 'A7')
      orProblem(
        refuse('code-reused', {
          status: 409,
          title: say`It was changed meanwhile`,
          extensions: { heldBy: 'x' },
        }),
      );
    if (code === 'A6') return refuse('retired', { status: 410, title: say`There is no such entry` });
    return { code };
  }

  @RequireRole('editor', 'administrator')
  @Post('entries')
  create(
    @Body({ schema: bodySchema }) body: z.infer<typeof bodySchema>,
    @Actor() actor: ActorIdentity,
  ): object {
    return { body, actor };
  }

  @RequireRole('editor')
  @Put('document')
  async text(@Body() body: unknown): Promise<object> {
    const isStream = body instanceof Readable;
    return { body: isStream ? await text(body) : body, isStream };
  }

  /** An answer that begins and does not end. */
  @Get('endless')
  endless(): StreamableFile {
    const lines = new PassThrough();
    lines.write('A1\n');
    return new StreamableFile(lines);
  }

  @Post('forgotten')
  forgotten(): object {
    return { written: true };
  }
}

/** An app with one controller, as the apps are built. */
export function appModule(authentication?: AuthenticationOptions): Type {
  @Module({
    imports: [
      PlatformModule.forRoot({
        name: 'test',
        logger: createLogger('test', 'silent'),
        ...(authentication ? { authentication } : {}),
      }),
    ],
    controllers: [EntriesController],
  })
  class AppModule {}
  return AppModule;
}
