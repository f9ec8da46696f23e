import { asKept, say } from '#words';

/** Why something is not done yet: a record must be there, or away, first. @param code of that one, for people */
export const waitsForRecord = (code: string): string => asKept(say`waits for ${code}`);
