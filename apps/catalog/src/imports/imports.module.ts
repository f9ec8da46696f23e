import { Module } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import { ImportFilesController } from './files/import-files.controller.ts';
import { ImportJobs } from './files/import-jobs.ts';
import { streamFileBodies } from './files/file-bodies.ts';
import { ImportsController } from './imports.controller.ts';

@Module({ controllers: [ImportsController, ImportFilesController], providers: [ImportJobs] })
export class ImportsModule {
  constructor({ httpAdapter }: HttpAdapterHost<FastifyAdapter>) {
    streamFileBodies(httpAdapter.getInstance());
  }
}
