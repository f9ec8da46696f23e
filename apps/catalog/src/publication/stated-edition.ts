import { isDeepStrictEqual } from 'node:util';
import { completeEdition, type Edition } from '#contracts';
import { run, sql, type Executor } from '#platform';

/**
 * An edition as it is stated, completed for a file of this format. Where the scheme has it already, but for the format of a
 * file that brought it, it is that one: a CSV may come first, and a workbook later.
 */
export async function statedEdition(
  db: Executor,
  schemeId: string,
  stated: Parameters<typeof completeEdition>[0],
  format: string,
): Promise<Edition> {
  const completed = completeEdition(stated, format);
  const known = await run<{ definition: Edition }>(
    db,
    sql`select definition from edition where scheme_id = ${schemeId} and label = ${completed.label}`,
  );
  const same = known.find(({ definition }) =>
    isDeepStrictEqual(completeEdition(stated, definition.source.format), definition),
  );
  return same?.definition ?? completed;
}
