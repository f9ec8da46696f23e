import { readFile } from 'node:fs/promises';
import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import {
  ConfigurationError,
  isRefusal,
  LOGGER,
  type Logger,
  type ProblemDetail,
  type Refusal,
} from '#platform';
import { drivers } from '#targets';
import { inWords } from '#words';
import type { ConnectorConfig } from '../config.ts';
import { CONFIG } from '../config.module.ts';
import { allowedBy } from './allowed.ts';
import { applyAtStart } from './apply-at-start.ts';
import { configuredSecrets } from './configured-secrets.ts';
import { warningsOf } from './file-warnings.ts';
import { placeInWords } from './place-in-file.ts';
import { RegistryController } from './registry.controller.ts';
import { parseTargetsFile, type TargetsFile } from './targets-file.ts';

/**
 * Applies the targets file when the app starts, where there is one; a bad file changes nothing and stops the start, with
 * all its problems.
 */
@Module({ controllers: [RegistryController] })
export class RegistryModule implements OnModuleInit {
  constructor(
    @Inject(CONFIG) private readonly config: ConnectorConfig,
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async onModuleInit(): Promise<void> {
    const { TARGETS_FILE, TARGET_ADDRESSES, NODE_ENV } = this.config;
    if (NODE_ENV !== 'production') {
      this.logger.warn("DEVELOPMENT: the sandbox's public passwords stand in for secrets that are not set");
    } else if (!TARGET_ADDRESSES) {
      this.logger.warn(
        'TARGET_ADDRESSES is not set: an administrator may send secrets of targets to any host',
      );
    }
    if (TARGETS_FILE !== undefined) await this.applyFile(TARGETS_FILE);
  }

  private async applyFile(path: string): Promise<void> {
    const { SANDBOX_URL } = this.config;
    // The sandbox of a demonstration may listen elsewhere after a restart; its records are the same.
    const isSandbox = SANDBOX_URL !== undefined;
    const text = await readFile(path, 'utf8');
    const names = SANDBOX_URL ? { SANDBOX_URL } : {};
    const file = parseTargetsFile(text, drivers, names, allowedBy(this.config));
    const changes = isRefusal(file)
      ? file
      : await applyAtStart(this.dataSource, JSON.stringify([text, names]), file, { sameRecords: isSandbox });
    if (isRefusal(changes)) throw new ConfigurationError(describe(changes, path));
    if (!isRefusal(file)) await this.warn(file);
    if (changes) this.logger.info({ changes: changes.length }, 'the targets file is applied');
    else
      this.logger.info(
        'the targets file says what it said when it was last applied; what was changed since stays',
      );
  }

  private async warn(file: TargetsFile): Promise<void> {
    const warnings = await warningsOf(this.dataSource, file, configuredSecrets(this.config));
    for (const warning of warnings) this.logger.warn(`the targets file: ${lineOf(warning)}`);
  }
}

function lineOf({ message, ...place }: ProblemDetail): string {
  const where = placeInWords(place);
  return where ? `${inWords(where, 'en')}: ${inWords(message, 'en')}` : inWords(message, 'en');
}

function describe({ title, detail, problems }: Refusal, path: string): string[] {
  return [
    `TARGETS_FILE ${path}: ${inWords(title, 'en')}`,
    ...(detail ? [`${inWords(detail, 'en')} To do so, start with an empty TARGETS_FILE.`] : []),
    ...problems.map(lineOf),
  ];
}
