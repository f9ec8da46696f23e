/** What `npm run mappa` says of what it was asked. */
export const commands: Readonly<Record<string, string>> = {
  '--{0}: {1}': '--{0}: {1}',
  'The name of {0} does not tell its format; say which it is with --format: {1}.':
    'Il nome di {0} non dice il suo formato; dire quale è con --format: {1}.',
  'Say which file is to be checked.': 'Dire quale file controllare.',
  'One file is checked at a time; these are {0}.': 'Si controlla un file alla volta; questi sono {0}.',
  'Say by which edition the file is read: --edition EDITION.json':
    'Dire secondo quale edizione si legge il file: --edition EDITION.json',
  '{0}: {1}: {2}': '{0}: {1}: {2}',
  'There is no file {0}.': 'Non c’è alcun file {0}.',
  '{0} is a folder, not a file.': '{0} è una cartella, non un file.',
  '{0} cannot be read: {1}': '{0} non si può leggere: {1}',
};
