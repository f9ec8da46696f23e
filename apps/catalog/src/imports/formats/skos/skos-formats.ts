import { fileFormat } from '../file-format.ts';
import { readJsonLd } from './read-json-ld.ts';
import { readTurtle } from './read-turtle.ts';
import { skosOptionsSchema } from './skos-options.ts';

export const turtleFormat = fileFormat({
  name: 'skos-turtle',
  mediaTypes: ['text/turtle'],
  extensions: ['.ttl'],
  options: skosOptionsSchema,
  open: readTurtle,
});

export const jsonLdFormat = fileFormat({
  name: 'skos-json-ld',
  mediaTypes: ['application/ld+json'],
  extensions: ['.jsonld'],
  options: skosOptionsSchema,
  open: readJsonLd,
});
