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
  'The base {0} cannot be read: {1}': 'La base {0} non si può leggere: {1}',
  'The base {0} cannot be read, line {1}: {2}': 'La base {0} non si può leggere, riga {1}: {2}',
  'There is no file {0}.': 'Non c’è alcun file {0}.',
  '{0} is a folder, not a file.': '{0} è una cartella, non un file.',
  '{0} is no file on a disk, but a pipe or a device. Save what it gives as a file, and name that.':
    '{0} non è un file su disco, ma una pipe o un dispositivo. Salvare in un file ciò che fornisce, e indicare quello.',
  '{0} is no JSON. Its reader says: "{1}"': '{0} non è JSON. Il lettore dice (in inglese): «{1}»',
  'The log cannot be read. The system says: "{0}"':
    'Il registro non si può leggere. Il sistema dice (in inglese): «{0}»',
  '{0} cannot be read. The system says: "{1}"': '{0} non si può leggere. Il sistema dice (in inglese): «{1}»',
  'A file that holds only what changes is checked with the map that it changes: --base EXPORT':
    'Un file che contiene solo ciò che cambia si controlla con la mappa che cambia: --base ESPORTAZIONE',
  '--head': '--head',
  'revision {0} of {1}': 'la revisione {0} di {1}',
  'entries {0} to {1} are missing': 'mancano le operazioni da {0} a {1}',
  'its hash is not that of its words and the entry before: one of the two was changed':
    'il suo hash non è quello delle sue parole e dell’operazione precedente: una delle due è stata cambiata',
  '{0} knows an entry with the hash {1}, which no entry has: the last ones were removed, or the log was written anew':
    '{0} conosce un’operazione con l’hash {1}, che nessuna ha: le ultime sono state tolte, o il registro è stato riscritto',
  'it is no entry of the audit log': 'non è un’operazione del registro',
  'it says that it is entry {0}': 'dice di essere l’operazione {0}',
  'it is not canonical JSON': 'non è JSON canonico',
  'no entry says {0} of {1}, and it was done: the last entries were removed':
    'nessuna operazione dice {0} di {1}, eppure è stato fatto: le ultime sono state tolte',
  'There is no option {0}; there is: {1}.': 'Non c’è l’opzione {0}; ci sono: {1}.',
  '{0} takes no value.': '{0} non ha un valore.',
  '{0} needs a value.': 'A {0} serve un valore.',
  'Say what is to be done: audit verify.': 'Dire che cosa fare: audit verify.',
  '"audit {0}" does not exist, "audit verify" does.': '"audit {0}" non esiste; esiste "audit verify".',
  'There is no log {0}; there is: catalog, connector. Left out, both are verified.':
    'Non c’è il registro {0}; ci sono: catalog, connector. Se non si nomina, si verificano entrambi.',
  '--head: {0} is not a hash; it has 64 digits and letters from a to f.':
    '--head: {0} non è un’impronta, che ha 64 cifre e lettere da a a f.',
  '--head is of one log; say which: audit verify catalog, or audit verify connector.':
    '--head è di un solo registro; dire quale: audit verify catalog, o audit verify connector.',
  'Mappa does not run here; say where its database is: DATABASE_URL.':
    'Mappa non è in esecuzione qui; dire dov’è la sua base di dati: DATABASE_URL.',
  'Mappa does not run here; say where its connector is, and who asks: CONNECTOR_URL and MAPPA_TOKEN.':
    'Mappa non è in esecuzione qui; dire dov’è il suo connettore, e chi chiede: CONNECTOR_URL e MAPPA_TOKEN.',
  'Say what is to be done: targets plan, apply, export or unlisted.':
    'Dire che cosa fare: targets plan, apply, export o unlisted.',
  'targets {0} takes no file; it writes to the screen.':
    'targets {0} non prende un file; scrive sullo schermo.',
  'Say which file of targets is meant.': 'Dire di quale file di sistemi collegati si tratta.',
  'One file of targets is taken at a time; these are {0}.':
    'Si prende un file di sistemi collegati alla volta; questi sono {0}.',
  '--unlist: {0} is not a number of targets.': '--unlist: {0} non è un numero di sistemi collegati.',
  'The catalog at {0} does not answer. When it was killed it comes back by itself: try again in a minute.':
    'Il catalogo a {0} non risponde. Se è stato terminato, riparte da sé: riprovare tra un minuto.',
  'The sandbox at {0}, where people sign in, does not answer: try again in a minute.':
    'La sandbox a {0}, che fa accedere le persone, non risponde: riprovare tra un minuto.',
  'The identity provider answered {0}: {1}': 'Il fornitore di identità ha risposto {0}: {1}',
  'The connector answered {0}: {1}': 'Il connettore ha risposto {0}: {1}',
  'The sandbox answered {0}: {1}': 'La sandbox ha risposto {0}: {1}',
  'The connector at {0} does not answer.': 'Il connettore a {0} non risponde.',
  'At {0} there is no connector: it answers {1}.': 'A {0} non c’è un connettore: risponde {1}.',
  'MAPPA_TOKEN is not set: the connector at {0} wants the access token of an administrator.':
    'MAPPA_TOKEN non è impostato: il connettore a {0} vuole il token di accesso di un amministratore.',
  'The sandbox at {0}, which signs in here, does not answer. Is Mappa still up?':
    'La sandbox a {0}, che qui fa accedere, non risponde. Mappa è ancora avviata?',
  '{0} is empty.': '{0} è vuoto.',
  '{0} is no targets file: an object with organisations, systems, profiles and targets is expected.':
    '{0} non è un file di sistemi collegati: ci si attende un oggetto con organisations, systems, profiles e targets.',
  'The connector at {0} does not answer. Is Mappa still up?':
    'Il connettore a {0} non risponde. Mappa è ancora avviata?',
  'The connector at {0} is up, and says: {1} (HTTP {2})':
    'Il connettore a {0} è avviato, e dice: {1} (HTTP {2})',
  'what to do (docs/operations.md): {0}': 'che cosa fare (docs/operations.md): {0}',
  '"{0}" is not known here.': '"{0}" qui non è conosciuto.',
  'Mappa is not running here. Start it with: npm start':
    'Mappa non è in esecuzione qui. Avviarla con: npm start',
};
