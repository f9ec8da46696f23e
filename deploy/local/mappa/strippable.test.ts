import { globSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { expect, test } from 'vitest';

// 0001: the command runs by type stripping, which knows no parameter properties.
test('what the command loads of our libraries is TypeScript that Node itself can read', () => {
  const files = globSync('{deploy,libs/{client,contracts,taxonomy,words}}/**/*.ts').filter(
    (file) => !file.includes('node_modules'),
  );
  expect(files.length).toBeGreaterThan(150);
  const unreadable = files.filter((file) => {
    try {
      stripTypeScriptTypes(readFileSync(file, 'utf8'));
      return false;
    } catch {
      return true;
    }
  });
  expect(unreadable).toEqual([]);
});
