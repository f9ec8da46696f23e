import { setCrmFault } from './crm-fault.ts';
import { runDemo } from './run-demo.ts';

await runDemo(async ({ sandbox }) => {
  await setCrmFault(sandbox, null);
  console.log(`The CRM answers again. The connector notices at its next attempt, and the CRM catches up by itself.

Watch it: npm run status. What the CRM holds: ${sandbox}`);
});
