import { setCrmFault } from './crm-fault.ts';
import { retryNow } from './retry-now.ts';
import { runDemo } from './run-demo.ts';
import { signIn } from './sign-in.ts';

await runDemo(async ({ sandbox, connector }) => {
  await setCrmFault(sandbox, null);
  await retryNow(connector, 'demo-crm', await signIn(sandbox, 'demo-operator'));
  console.log(`The CRM answers again. The connector was told to try again now (it would have by itself, later), and the CRM catches up.

Watch it: npm run status. What the CRM holds: ${sandbox}`);
});
