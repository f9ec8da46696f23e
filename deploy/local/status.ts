import { homeDirectory } from './state/home.ts';
import { readRunFile } from './state/run-file.ts';
import { readStatus } from './status/read-status.ts';
import { statusJson, statusLines } from './status/show-status.ts';

/** `npm run status [-- --json]`: ends with 0 when all targets are in step, 1 when not, 2 when the connector does not answer. */
const connector =
  process.env['CONNECTOR_URL'] ?? readRunFile(homeDirectory(process.env))?.addresses.connector;
if (connector === undefined) {
  console.error('Mappa is not running here. Start it with: npm start');
  process.exit(2);
}
try {
  const targets = await readStatus(connector);
  const isJson = process.argv.includes('--json');
  console.log(isJson ? statusJson(targets) : statusLines(targets).join('\n'));
  process.exitCode = targets.length > 0 && targets.every(({ state }) => state === 'in-step') ? 0 : 1;
} catch {
  console.error(`The connector at ${connector} does not answer. Is Mappa still up?`);
  process.exitCode = 2;
}
