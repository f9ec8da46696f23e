/** What imports and matching find and answer. */
export const imports: Readonly<Record<string, string>> = {
  'Some rows or entries wait for a decision': 'Alcune righe o voci attendono una decisione',
  'To be decided: rows of the file {0}, entries in force that are not in it, or end, {1}.':
    'Da decidere: righe del file {0}, voci in vigore che non vi sono, o cessano, {1}.',
  'Which entry the row {0} is has not been decided.': 'Quale voce sia la riga {0} non è stato deciso.',
  'The file has no row for {0}; whether it ends has not been decided.':
    'Il file non ha una riga per {0}; non è stato deciso se cessa.',
  '{0} stands twice.': '{0} compare due volte.',
  'The base has no {0}.': 'La base non ha {0}.',
  'The file has no row {0}.': 'Il file non ha la riga {0}.',
  'The row {0} asks for the end of its entry: the decision is about the concept.':
    'La riga {0} chiede di far cessare la sua voce: la decisione riguarda il concetto.',
  'The decisions cannot be taken': 'Le decisioni non si possono prendere',
  'The rows of the import are not open to decisions':
    'Le righe dell’importazione non sono aperte a decisioni',
  'Its file could not be taken: the findings of GET /api/v1/imports/{0} say why.':
    'Il suo file non è stato accolto: i rilievi di GET /api/v1/imports/{0} dicono perché.',
  'It waits for its file: PUT /api/v1/imports/{0}/file.':
    'Attende il suo file: PUT /api/v1/imports/{0}/file.',
  'Its file is being read, or waits for its turn. GET /api/v1/imports/{0} says how far it is.':
    'Il suo file è in lettura, o attende il turno. GET /api/v1/imports/{0} dice a che punto è.',
  'Reading its file was broken off, and nothing of it was taken. Send the same file again: PUT /api/v1/imports/{0}/file.':
    'La lettura del suo file si è interrotta, e nulla ne è stato accolto. Inviare di nuovo lo stesso file: PUT /api/v1/imports/{0}/file.',
  'It was stopped, and nothing of its file is used. The same file can be sent again to a new import: POST /api/v1/schemes/{0}/imports.':
    'È stata fermata, e nulla del suo file è usato. Si può inviare di nuovo lo stesso file a una nuova importazione: POST /api/v1/schemes/{0}/imports.',
  'Its file has been read. Send a corrected one to a new import that says {"replaces":"{0}"}: POST /api/v1/schemes/{1}/imports.':
    'Il suo file è stato letto. Inviarne uno corretto a una nuova importazione che dica {"replaces":"{0}"}: POST /api/v1/schemes/{1}/imports.',
  'waiting for its file': 'in attesa del suo file',
  'waiting to be read': 'in attesa di essere letta',
  'being read': 'in lettura',
  failed: 'non riuscita',
  'waiting for decisions': 'in attesa di decisioni',
  applied: 'applicata',
  stopped: 'fermata',
  interrupted: 'interrotta',
  'The draft of this import, or of the one that it replaces, is not open':
    'La bozza di questa importazione, o di quella che sostituisce, non è aperta',
  'The draft {0} is {1}. Withdraw it, then bring the rows in again; they take its place. The decisions of this import are kept.':
    'La bozza {0} è {1}. Ritirarla, poi portare di nuovo le righe, che ne prendono il posto. Le decisioni di questa importazione restano.',
  'The draft of this import, or of the one that it replaces, was edited by hand':
    'La bozza di questa importazione, o di quella che sostituisce, è stata modificata a mano',
  'Edits of the draft {0} that would be lost: {1}. Undo them, or discard the draft; then bring the rows in again. The decisions of this import are kept.':
    'Modifiche della bozza {0} che andrebbero perse: {1}. Annullarle, o abbandonare la bozza; poi portare di nuovo le righe. Le decisioni di questa importazione restano.',
  'The concept is not in the base.': 'Il concetto non è nella base.',
  'The concept is a row of the file.': 'Il concetto è una riga del file.',
  'The successor {0} is not in the file.': 'Il successore {0} non è nel file.',
  'The successor {0} ends itself, as the file asks.':
    'Il successore {0} cessa anch’esso, come chiede il file.',
  'The row is not in the file.': 'La riga non è nel file.',
  'The file states which concept the row is.': 'Il file dice quale concetto è la riga.',
  'The row has another code or title now.': 'La riga ora ha un altro codice o titolo.',
  'The predecessor {0} is not in the base.': 'Il predecessore {0} non è nella base.',
  'The concept is another row of the file, or ends.': 'Il concetto è un’altra riga del file, o cessa.',
  'The file has no such row': 'Il file non ha una tale riga',
  '{0} has no parent: {1} is not in the document.': '{0} non ha una voce superiore: {1} non è nel documento.',
  '{0} stands already on line {1}, with the same title.': '{0} è già alla riga {1}, con lo stesso titolo.',
  '{0} stands already on line {1}, with another title.': '{0} è già alla riga {1}, con un altro titolo.',
  'The series {0} is not expected; codes that it has: {1}.': 'La serie {0} non è attesa; codici che ha: {1}.',
  'The series {0} has codes of level {1}: {2} instead of {3}.':
    'La serie {0} ha codici di livello {1}: {2} invece di {3}.',
  '{0} stands below {1} instead of {2}.': '{0} sta sotto {1} invece che sotto {2}.',
  'no heading': 'nessun titolo di sezione',
  '{0} is read as {1} ({2}).': '{0} si legge come {1} ({2}).',
  'the document has no such cell': 'il documento non ha una tale cella',
  '"{0}" is not a code of this edition': '"{0}" non è un codice di questa edizione',
  'the document has this code': 'il documento ha questo codice',
  'it is not a code of this edition': 'non è un codice di questa edizione',
  '{0} is lost in the source; it is added without a title ({1}).':
    '{0} manca nella fonte; è aggiunto senza titolo ({1}).',
  'The correction of {0} does not apply: {1}.': 'La correzione di {0} non si applica: {1}.',
  'Line {0} has bytes that are not UTF-8 text.': 'La riga {0} ha byte che non sono testo UTF-8.',
  'Line {0} has control characters.': 'La riga {0} ha caratteri di controllo.',
  '{0} has no parent: {1} is not in the file.': '{0} non ha una voce superiore: {1} non è nel file.',
  '{0} has no parent: {1} is not in the file; {2}, which reads alike, is another code.':
    '{0} non ha una voce superiore: {1} non è nel file; {2}, che si legge uguale, è un altro codice.',
  'The document cannot be imported': 'Il documento non si può importare',
  'Nothing was changed.': 'Nulla è cambiato.',
  'A document can be imported only as the first revision of a scheme':
    'Un documento si può importare solo come prima revisione di uno schema',
  'Which of its entries are the published ones under another code must be decided by a person: create an import of the format official-text, send the document as its file, and decide its matches.':
    'Quali delle sue voci siano quelle pubblicate con un altro codice deve deciderlo una persona: creare un’importazione nel formato official-text, inviare il documento come suo file, e decidere le corrispondenze.',
  'The document has no code of this edition.': 'Il documento non ha alcun codice di questa edizione.',
  'The heading has no name.': 'Il titolo di sezione è vuoto.',
  'The cell does not begin with a code of the map: "{0}".':
    'La cella non comincia con un codice della mappa: "{0}".',
  '{0} stands in column {1} instead of {2}.': '{0} sta nella colonna {1} invece che nella {2}.',
  'Markup or spaces inside the title of {0} are left out.':
    'Le marcature o gli spazi nel titolo di {0} sono tolti.',
  'The cell of {0} holds a second code, {1}: a tab or a line is lost.':
    'La cella di {0} contiene un secondo codice, {1}: manca una tabulazione o un a capo.',
  '{0} stands below no heading of its own.': '{0} non sta sotto alcun titolo di sezione proprio.',
  'The heading "{0}" stands twice.': 'Il titolo di sezione "{0}" compare due volte.',
  'There is no concept {0}; leave the cell empty for a new entry.':
    'Non c’è alcun concetto {0}; lasciare vuota la cella per una voce nuova.',
  'The concept {0} belongs to another scheme.': 'Il concetto {0} appartiene a un altro schema.',
  'The first import of a scheme brings its edition':
    'La prima importazione di uno schema porta la sua edizione',
  'Say it as "edition" beside the format: its label, day and levels. One that replaces another import has its edition.':
    'Indicarla come "edition" accanto al formato: la sua etichetta, il giorno e i livelli. Una che ne sostituisce un’altra ha l’edizione di quella.',
  'The import that this one replaces is of another scheme':
    'L’importazione che questa sostituisce è di un altro schema',
  'Files of this format cannot be imported': 'File di questo formato non si possono importare',
  'There is no format "{0}"; there is {1}.': 'Non c’è alcun formato "{0}"; ci sono {1}.',
  'The options are not those of the format': 'Le opzioni non sono quelle del formato',
  'The import does not wait for a file': 'L’importazione non attende un file',
  'There is no such import': 'Non c’è una tale importazione',
  'A file may have {0} rows (IMPORT_ROWS); reading stopped there.':
    'Un file può avere {0} righe (IMPORT_ROWS); la lettura si è fermata lì.',
  'The file is too large': 'Il file è troppo grande',
  'A file may have {0} bytes (IMPORT_LIMIT).': 'Un file può avere {0} byte (IMPORT_LIMIT).',
  'The file is empty.': 'Il file è vuoto.',
  'The file has no entry.': 'Il file non ha alcuna voce.',
  'There are {0} findings; these are the first {1}.': 'I problemi sono {0}; questi sono i primi {1}.',
  'The import is in a draft already': 'L’importazione è già in una bozza',
  'Give up the draft {0} instead.': 'Abbandonare invece la bozza {0}.',
  'The concept id {0} stands already on line {1}.': 'L’identificativo {0} è già alla riga {1}.',
  'The edition was valid from {0}, before revision {1}, the lowest one known: it is taken for a historical edition, and its rows are compared with that revision.':
    'L’edizione era valida dal {0}, prima della revisione {1}, la più bassa nota: vale come edizione storica, e le sue righe si confrontano con quella revisione.',
  'The edition was valid from {0}, between revisions that are known, and nothing is placed there. Its rows are compared with revision {1}, and it can come into force from {2} on only.':
    'L’edizione era valida dal {0}, fra revisioni note, e lì non si colloca nulla. Le sue righe si confrontano con la revisione {1}, e può entrare in vigore solo dal {2} in poi.',
  'The file was made from revision {0}, in force is revision {1}. What others changed since stays as it is; what the file changes too is for a person to decide.':
    'Il file viene dalla revisione {0}, in vigore è la revisione {1}. Ciò che altri hanno cambiato da allora resta com’è; ciò che cambia anche il file deve deciderlo una persona.',
  'The file has concept ids but does not say which revision it was made from (a CSV cannot). If it is older than revision {0}, whatever was changed since counts as changed back by the file.':
    'Il file ha gli identificativi ma non dice da quale revisione viene (un CSV non può dirlo). Se è più vecchio della revisione {0}, ciò che è cambiato da allora risulta riportato indietro dal file.',
  '{0} The file is compared with revision {1}: whatever differs counts as changed by it.':
    '{0} Il file è confrontato con la revisione {1}: ciò che è diverso risulta cambiato dal file.',
  'The file says that it was made from revision {0} of the scheme {1}, and this is {2}.':
    'Il file dichiara di derivare dalla revisione {0} dello schema {1}, e questo è {2}.',
  'The file says that it was made from a revision {0} with another content hash than that of revision {1} here.':
    'Il file dichiara di derivare da una revisione {0} con un’impronta diversa da quella che ha qui la revisione {1}.',
  'The file says that it was made from revision {0}, which is not known here.':
    'Il file dichiara di derivare dalla revisione {0}, che qui non è conosciuta.',
  'the file asks to retire it, and revision {0} has changed it: {1}':
    'il file chiede di farla cessare, e la revisione {0} l’ha cambiata: {1}',
  'the file changes it: {0}; revision {1} has retired it{2}':
    'il file la cambia: {0}; la revisione {1} l’ha fatta cessare{2}',
  'the file says {0} for {1}, revision {2} says {3}, before both it was {4}':
    'il file dice {0} per {1}, la revisione {2} dice {3}, prima di entrambi era {4}',
  'it ended meanwhile, and its place was taken by {0}; the file says {1}':
    'nel frattempo è cessata, e il suo posto è stato preso da {0}; il file dice {1}',
  nobody: 'nessuno',
  nothing: 'niente',
  '{0}: {1}. Decide it: POST /api/v1/drafts/{2}/rebase.':
    '{0}: {1}. Va deciso: POST /api/v1/drafts/{2}/rebase.',
  '{0} rows, this one the first, have concepts that belong to another scheme.':
    '{0} righe, questa la prima, hanno concetti di un altro schema.',
  '{0} To copy a map, take its file for editing (edit.xlsx), empty the column of ids, and import that.':
    '{0} Per copiare una mappa, prendere il suo file da modificare (edit.xlsx), svuotare la colonna degli identificativi e importare quello.',
  '{0} ends, as the file asks; who takes its place has not been decided (nobody is a decision, too).':
    '{0} cessa, come chiede il file; non è stato deciso chi ne prende il posto (anche nessuno è una decisione).',
  'It is applied, and its draft is not open any more.': 'È applicata, e la sua bozza non è più aperta.',
  'The file asks to retire {0}, and changes it as well: {1}. It ends as it was; if it is to go on, take the request away.':
    'Il file chiede di cessare {0}, e insieme la cambia: {1}. Cessa così com’era; se deve continuare, togliere la richiesta.',
  '{0} stands below {1} by its parentId, and below {2} by its parentCode. Change both, or leave one out.':
    '{0} sta sotto {1} secondo parentId, e sotto {2} secondo parentCode. Cambiarli entrambi, o toglierne uno.',
  '{0} stands at the top by its parentId, and below {1} by its parentCode. Change both, or leave one out.':
    '{0} sta in cima secondo parentId, e sotto {1} secondo parentCode. Cambiarli entrambi, o toglierne uno.',
  'The file asks to retire {0}, and {1} entries of the map are called so.':
    'Il file chiede di cessare {0}, e {1} voci della mappa si chiamano così.',
  'The file says level {0} of {1}, whose code is one of level {2} ({3}). The code decides: mend it, or the level.':
    'Il file dice livello {0} di {1}, il cui codice è di livello {2} ({3}). Decide il codice: correggere quello, o il livello.',
  'The file asks to retire {0}, which is not in the map.':
    'Il file chiede di cessare {0}, che non è nella mappa.',
  'The file asks to retire {0} "{1}"; in the map {2} is "{3}".':
    'Il file chiede di cessare {0} "{1}"; nella mappa {2} è "{3}".',
  '{0} warnings and notes that the map has already are left out.':
    'Avvisi e note che la mappa ha già, e che non sono ripetuti: {0}.',
};
