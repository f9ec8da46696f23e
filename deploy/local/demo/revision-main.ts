import { publishDemo } from './publish-demo.ts';
import { runDemo } from './run-demo.ts';
import { showRevision } from './show-revision.ts';

await runDemo(async (addresses, language) => {
  const published = await publishDemo(addresses, language);
  console.log(showRevision(published, addresses.sandbox, language).join('\n'));
});
