import { Module } from '@nestjs/common';
import { ProofController } from './proof.controller.ts';

/** The Merkle tree of each revision, so that consumers can prove what they hold. */
@Module({ controllers: [ProofController] })
export class ProofModule {}
