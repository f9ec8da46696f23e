export const languages = ['it', 'en'] as const;
export type Language = (typeof languages)[number];

/**
 * The language of an answer: the first of those we speak that the header Accept-Language asks for (RFC 9110 section 12.5.4,
 * by quality, then by order); English when it asks for none of them.
 */
export function languageOf(acceptLanguage: string | undefined): Language {
  return preferredOf(acceptLanguage) ?? 'en';
}

/** The same, or nothing where nothing of ours is asked for. */
export function preferredOf(acceptLanguage: string | undefined): Language | undefined {
  const asked = (acceptLanguage ?? '').slice(0, 1_000).split(',').map(rangeOf);
  return asked
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality)
    .flatMap(({ range }) => languages.filter((language) => language === range))[0];
}

function rangeOf(text: string): { range: string | undefined; quality: number } {
  const [range, ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
  return { range: range?.split('-')[0], quality: quality === undefined ? 1 : Number(quality) || 0 };
}
