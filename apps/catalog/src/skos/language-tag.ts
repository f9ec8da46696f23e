/** RFC 5646 section 2.1.1: RDF does not distinguish letter case in language tags, so one way of writing is agreed. */
export function usualCase(tag: string): string {
  const subtags = tag.toLowerCase().split('-');
  const singleton = subtags.findIndex((subtag) => subtag.length === 1);
  return subtags
    .map((subtag, i) => {
      if (i === 0 || (singleton >= 0 && i > singleton)) return subtag;
      if (subtag.length === 2) return subtag.toUpperCase();
      return subtag.length === 4 ? subtag.charAt(0).toUpperCase() + subtag.slice(1) : subtag;
    })
    .join('-');
}
