import type { Title } from '#taxonomy';

/** The official title in a language, else in any. */
export function titleIn(titles: Readonly<Record<string, Title>>, language: string): string {
  return (titles[language] ?? Object.values(titles)[0])?.official ?? '';
}
