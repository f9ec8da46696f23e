import { secretEnvironment, type ConnectorConfig } from '../config.ts';
import { allowedBy } from './allowed.ts';
import { secretReader, type ReadSecret } from './secret.ts';

/** Reads the secrets that targets may have, as whoever runs the connector says. */
export const configuredSecrets = (config: ConnectorConfig): ReadSecret =>
  secretReader(secretEnvironment(config), allowedBy(config).secrets);
