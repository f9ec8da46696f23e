import { publishDemo } from './publish-demo.ts';
import { runDemo } from './run-demo.ts';

await runDemo(async (addresses) => {
  const { revision, edition, isPlanned, changes } = await publishDemo(addresses);
  console.log(`Revision ${revision} (${edition}) is in force. What it changed:\n`);
  for (const { kinds, before, after } of changes) {
    const codes = `${(before?.code ?? '-').padEnd(10)} -> ${(after?.code ?? '-').padEnd(10)}`;
    console.log(`  ${kinds.join(', ').padEnd(24)} ${codes} ${after?.titles['it']?.official ?? ''}`);
  }
  if (!isPlanned) {
    console.log(`
The connector did not answer, so nobody approved what this does to targets: the guard compares nothing of this revision.`);
  }
  console.log(`\nWatch it arrive: npm run status, or ${addresses.sandbox}`);
});
