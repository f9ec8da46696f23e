import type { Finding } from '#taxonomy';

export const tooLarge: Finding = {
  rule: 'file-too-large',
  severity: 'error',
  message: 'The file speaks of more than a million resources.',
};
