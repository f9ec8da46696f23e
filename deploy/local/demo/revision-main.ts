import { homeDirectory } from '../state/home.ts';
import { readRunFile } from '../state/run-file.ts';
import { publishDemo } from './publish-demo.ts';

const running = readRunFile(homeDirectory(process.env));
if (!running) {
  console.error('Mappa is not running here. Start it with: npm start');
  process.exit(2);
}
try {
  const { revision, edition, changes } = await publishDemo(running.addresses);
  console.log(`Revision ${revision} (${edition}) is in force. What it changed:\n`);
  for (const { kinds, before, after } of changes) {
    const title = after?.titles['it']?.official ?? '';
    console.log(
      `  ${kinds.join(', ').padEnd(24)} ${(before?.code ?? '-').padEnd(10)} -> ${(after?.code ?? '-').padEnd(10)} ${title}`,
    );
  }
  console.log(`\nWatch it arrive: npm run status, or ${running.addresses.sandbox}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
