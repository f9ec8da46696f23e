import { setCrmFault } from './crm-fault.ts';
import { runDemo } from './run-demo.ts';

await runDemo(async ({ sandbox }) => {
  await setCrmFault(sandbox, { status: 503, forMs: 600_000 });
  console.log(`The CRM answers 503 to everything for 10 minutes, or until: npm run demo:mend

Now change the map (npm run demo:revision) and watch (npm run status): the records and HR systems follow at once, the
CRM becomes unreachable and is asked again after 1 s, 5 s, 30 s … Everything that it missed arrives when it is mended.`);
});
