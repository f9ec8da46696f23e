/**
 * Dataverse finds no record by an alternate key with a colon in it, and our keys have one from the second record of a
 * concept on: `6f…9c:2` -> `6f…9c_2`. They hold no underscore otherwise.
 */
export const keyText = (key: string): string => key.replaceAll(':', '_');

export const keyOfText = (text: string): string => text.replaceAll('_', ':');
