import { readFile } from 'node:fs/promises';
import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ConfigurationError, isRefusal, LOGGER, type Logger, type Refusal } from '#platform';
import { drivers } from '#targets';
import type { ConnectorConfig } from '../config.ts';
import { CONFIG } from '../config.module.ts';
import { applyTargets } from './apply-targets.ts';
import { parseTargetsFile } from './targets-file.ts';

/** Applies the targets file when the app starts; a bad file changes nothing and stops the start, with all its problems. */
@Module({})
export class RegistryModule implements OnModuleInit {
  constructor(
    @Inject(CONFIG) private readonly config: ConnectorConfig,
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async onModuleInit(): Promise<void> {
    const { TARGETS_FILE, SANDBOX_URL, NODE_ENV } = this.config;
    const text = await readFile(TARGETS_FILE, 'utf8');
    const file = parseTargetsFile(text, drivers, SANDBOX_URL ? { SANDBOX_URL } : {});
    const listed = isRefusal(file) ? file : await applyTargets(this.dataSource, file);
    if (isRefusal(listed)) throw new ConfigurationError(describe(listed, TARGETS_FILE));
    if (NODE_ENV !== 'production') {
      this.logger.warn("DEVELOPMENT: the sandbox's public passwords stand in for secrets that are not set");
    }
    this.logger.info({ targets: listed }, 'the targets file is applied');
  }
}

function describe({ title, problems }: Refusal, path: string): string[] {
  return [
    `TARGETS_FILE ${path}: ${title}`,
    ...problems.map(({ path, message }) => (path ? `${path}: ${message}` : message)),
  ];
}
