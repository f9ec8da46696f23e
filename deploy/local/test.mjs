import { text } from './messages.mjs';
import { missingToTest } from './prerequisites.mjs';
import { withNode24 } from './with-node24.mjs';

const parts = ['lint', 'types', 'unit', 'integration', 'e2e', 'chaos'];
const chosen = process.argv.slice(2);
const unknown = chosen.find((part) => !parts.includes(part));
if (unknown !== undefined) {
  console.error(text('unknownPart', { part: unknown, parts: parts.join(', ') }));
  process.exitCode = 2;
} else {
  const withServers = ['integration', 'e2e', 'chaos'];
  const needsServers = chosen.length === 0 || chosen.some((part) => withServers.includes(part));
  await withNode24('deploy/local/test-main.ts', needsServers ? missingToTest : undefined);
}
