import { run, sql, type Executor, type ProblemDetail } from '#platform';
import { say, type Sentence } from '#words';
import { withIds } from './place-in-file.ts';
import { SecretMissing, type ReadSecret } from './secret.ts';
import type { TargetsFile } from './targets-file.ts';

/**
 * What may be a mistake and may become right by itself, so that a file is not refused for it: maps of which no revision has
 * arrived yet, and secrets that are not there yet. Each is told once, at its first place.
 */
export async function warningsOf(
  executor: Executor,
  file: TargetsFile,
  readSecret: ReadSecret,
): Promise<ProblemDetail[]> {
  return withIds([...(await missingSecrets(file, readSecret)), ...(await unknownMaps(executor, file))], file);
}

async function missingSecrets({ systems }: TargetsFile, readSecret: ReadSecret): Promise<ProblemDetail[]> {
  const told = new Set<string>();
  const found: ProblemDetail[] = [];
  for (const [i, { secret }] of systems.entries()) {
    if (told.has(secret)) continue;
    told.add(secret);
    const message = say`The secret ${secret} is not there; until the connector has it, nothing is sent to this system`;
    if (!(await isThere(secret, readSecret))) found.push({ path: `systems[${i}].secret`, message });
  }
  return found;
}

async function isThere(secret: string, readSecret: ReadSecret): Promise<boolean> {
  try {
    await readSecret(secret);
    return true;
  } catch (error) {
    if (error instanceof SecretMissing) return false;
    throw error;
  }
}

async function unknownMaps(executor: Executor, { targets }: TargetsFile): Promise<ProblemDetail[]> {
  const firstOf = new Map(targets.map(({ scheme }, i) => [scheme, i] as const).toReversed());
  const rows = await run<{ scheme: string; known: string[] }>(
    executor,
    sql`select scheme, array(select distinct scheme from revision order by scheme limit 10) as known
        from unnest(${[...firstOf.keys()]}::text[]) as named(scheme)
        where not exists (select from revision r where r.scheme = named.scheme) order by scheme`,
  );
  return rows.map(({ scheme, known }) => ({
    path: `targets[${firstOf.get(scheme) ?? 0}].scheme`,
    message: nobodyKnowsMap(scheme, known),
  }));
}

function nobodyKnowsMap(scheme: string, known: readonly string[]): Sentence {
  const said = say`No revision of a map "${scheme}" has arrived: nothing is sent before one is published`;
  return known.length === 0 ? said : say`${said}; maps that have one: ${known.join(', ')}`;
}
