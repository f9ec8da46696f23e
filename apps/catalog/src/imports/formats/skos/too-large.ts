import type { Finding } from '#taxonomy';
import { say } from '#words';

export const tooLarge: Finding = {
  rule: 'file-too-large',
  severity: 'error',
  message: say`The file speaks of more than a million resources.`,
};
