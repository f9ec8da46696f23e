import { nodeAnswerSchema, nodePathSchema } from '#contracts';
import { orProblem } from '#platform';
import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { answerImmutable } from '../reading/answer-immutable.ts';
import { findRevision } from '../reading/find-revision.ts';
import { readNode } from './read-node.ts';

@ApiTags('proof')
@Controller('api/v1/schemes/:scheme/revisions/:revision/nodes')
export class ProofController {
  constructor(private readonly db: DataSource) {}

  @Get(':node')
  @ApiOperation({ summary: 'A node of the Merkle tree, by concept id or "root", with the hashes below it' })
  @ApiOkResponse({ standardSchema: nodeAnswerSchema })
  async getNode(
    @Param({ schema: nodePathSchema }) { scheme, revision, node }: z.output<typeof nodePathSchema>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const found = orProblem(await findRevision(this.db.manager, scheme, revision));
    const answer = orProblem(await readNode(this.db, found, node === 'root' ? null : node));
    answerImmutable(request, reply, JSON.stringify(answer), {
      type: 'application/json; charset=utf-8',
      isPinned: true,
    });
  }
}
