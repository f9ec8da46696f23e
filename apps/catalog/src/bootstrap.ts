import { createLogger, isRefusal, readEnv } from '#platform';
import { inWords } from '#words';
import { bootstrapScheme } from './bootstrap/bootstrap-scheme.ts';
import { readEditionFolder } from './bootstrap/read-edition-folder.ts';
import { describeFinding } from './imports/describe-finding.ts';
import { bootstrapEnv } from './config.ts';
import { catalogDataSource } from './database/data-source.ts';

const { DATABASE_URL, LOG_LEVEL, SCHEME_DIR, EDITION } = readEnv(bootstrapEnv);
const db = await catalogDataSource(DATABASE_URL, createLogger('catalog-bootstrap', LOG_LEVEL)).initialize();
try {
  const result = await bootstrapScheme(db, await readEditionFolder(SCHEME_DIR, EDITION));
  if (isRefusal(result)) {
    console.error(
      [
        inWords(result.title, 'en'),
        ...(result.detail ? [inWords(result.detail, 'en')] : []),
        ...result.problems.map(describeFinding),
      ].join('\n'),
    );
    process.exitCode = 1;
  } else {
    const { revision, report } = result;
    for (const finding of report ?? []) console.log(describeFinding(finding));
    const state = report ? 'published' : 'was published before';
    console.log(`Revision ${revision.number} ${state}, content hash ${revision.contentHash.toString('hex')}`);
  }
} finally {
  await db.destroy();
}
