/**
 * What somebody else said, as a database keeps it: at most so many characters (UTF-16), without NUL and halves of
 * characters, which neither text nor jsonb of Postgres takes.
 */
export function cutText(text: string, longest: number): string {
  const cut = text.replaceAll('\0', '').toWellFormed().slice(0, longest);
  return cut.isWellFormed() ? cut : cut.slice(0, -1);
}
