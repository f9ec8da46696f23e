import { say, type Sentence } from '#words';

/** Why a file that somebody named cannot be read. */
export function unreadable(error: unknown, file: string): Sentence {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return say`There is no file ${file}.`;
  if (code === 'EISDIR') return say`${file} is a folder, not a file.`;
  if (error instanceof SyntaxError) return say`${file} is no JSON. Its reader says: "${error.message}"`;
  return say`${file} cannot be read. The system says: "${error instanceof Error ? error.message : String(error)}"`;
}
