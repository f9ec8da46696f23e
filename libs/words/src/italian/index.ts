import { catalog } from './catalog.ts';
import { commands } from './commands.ts';
import { connector } from './connector.ts';
import { files } from './files.ts';
import { http } from './http.ts';
import { imports } from './imports.ts';
import { map } from './map.ts';
import { reasons } from './reasons.ts';
import { sandbox } from './sandbox.ts';
import { schemas } from './schemas.ts';

/** The Italian of every sentence, by its English. A test finds what is missing. */
export const italian: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...catalog,
    ...commands,
    ...connector,
    ...files,
    ...http,
    ...imports,
    ...map,
    ...reasons,
    ...sandbox,
    ...schemas,
  }),
);
