import { fileURLToPath } from 'node:url';

/** Folder of this clone, without a slash at the end. */
export const checkout = fileURLToPath(new URL('../..', import.meta.url)).replace(/[/\\]$/, '');
