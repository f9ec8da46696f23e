import { setCrmFault } from './crm-fault.ts';
import { runDemo } from './run-demo.ts';
import { words } from './words.ts';

await runDemo(async ({ sandbox }, language) => {
  await setCrmFault(sandbox, { status: 503, forMs: 600_000 });
  console.log(words[language].broken);
});
