import { parseOptions } from './options.mjs';
import { start } from './start.ts';

const options = parseOptions(process.argv.slice(2));
if ('unknown' in options) throw new Error(`unknown option ${options.unknown}`);
process.exit(await start(options));
