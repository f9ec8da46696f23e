import { missingToTest } from './prerequisites.mjs';
import { withNode24 } from './with-node24.mjs';

await withNode24('test/chaos/main.ts', missingToTest);
