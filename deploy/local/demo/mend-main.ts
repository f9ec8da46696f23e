import { setCrmFault } from './crm-fault.ts';
import { retryNow } from './retry-now.ts';
import { runDemo } from './run-demo.ts';
import { signIn } from './sign-in.ts';
import { words } from './words.ts';

await runDemo(async ({ sandbox, connector }, language) => {
  await setCrmFault(sandbox, null);
  await retryNow(connector, 'demo-crm', await signIn(sandbox, 'demo-operator'));
  console.log(words[language].mended(sandbox));
});
