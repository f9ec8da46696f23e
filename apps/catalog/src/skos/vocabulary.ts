/** The words of SKOS, XKOS and Dublin Core that a map is written in, and ours where they have none (docs/skos.md). */
export const prefixes = {
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
  owl: 'http://www.w3.org/2002/07/owl#',
  dct: 'http://purl.org/dc/terms/',
  skos: 'http://www.w3.org/2004/02/skos/core#',
  xkos: 'http://rdf-vocabulary.ddialliance.org/xkos#',
  mappa: 'urn:mappa:vocabulary#',
  attribute: 'urn:mappa:attribute:',
} as const;

const inNamespace =
  (namespace: string) =>
  (name: string): string =>
    namespace + name;
export const rdf = inNamespace(prefixes.rdf);
export const xsd = inNamespace(prefixes.xsd);
export const owl = inNamespace(prefixes.owl);
export const dct = inNamespace(prefixes.dct);
export const skos = inNamespace(prefixes.skos);
export const xkos = inNamespace(prefixes.xkos);
export const mappa = inNamespace(prefixes.mappa);

/** An attribute's name may hold any character, so it stands percent-encoded in its IRI. */
export const attributeIri = (name: string): string => prefixes.attribute + encodeURIComponent(name);

/** The name of an attribute, or null when the IRI is none. */
export function attributeName(iri: string): string | null {
  if (!iri.startsWith(prefixes.attribute)) return null;
  try {
    return decodeURIComponent(iri.slice(prefixes.attribute.length));
  } catch {
    return null;
  }
}
