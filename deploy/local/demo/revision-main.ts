import { publishDemo } from './publish-demo.ts';
import { runDemo } from './run-demo.ts';

await runDemo(async (addresses) => {
  const { revision, edition, changes } = await publishDemo(addresses);
  console.log(`Revision ${revision} (${edition}) is in force. What it changed:\n`);
  for (const { kinds, before, after } of changes) {
    const codes = `${(before?.code ?? '-').padEnd(10)} -> ${(after?.code ?? '-').padEnd(10)}`;
    console.log(`  ${kinds.join(', ').padEnd(24)} ${codes} ${after?.titles['it']?.official ?? ''}`);
  }
  console.log(`\nWatch it arrive: npm run status, or ${addresses.sandbox}`);
});
