import { text } from './messages.mjs';
import { parseOptions } from './options.mjs';
import { missingToStart } from './prerequisites.mjs';
import { withNode24 } from './with-node24.mjs';

const options = parseOptions(process.argv.slice(2));
if ('unknown' in options) {
  console.error(text('unknownOption', { option: options.unknown }));
  process.exitCode = 2;
} else if (options.help) {
  console.log(text('help'));
} else {
  console.log(text('welcome'));
  await withNode24('deploy/local/start-main.ts', missingToStart);
}
