/** What the catalog answers. */
export const catalog: Readonly<Record<string, string>> = {
  'There is nothing to undo': 'Non c’è nulla da annullare',
  'In force is revision {0}. Go back to one before it, or undo one after the first.':
    'In vigore è la revisione {0}. Tornare a una precedente, o annullarne una successiva alla prima.',
  'Something else came into force': 'È entrato in vigore qualcos’altro',
  'There is no such sealed set': 'Non c’è una tale variazione programmata',
  'The draft changes what has been changed otherwise meanwhile':
    'La bozza cambia ciò che nel frattempo è stato cambiato diversamente',
  'It cannot stand on the map that is in force. Rebase it (POST /api/v1/drafts/{0}/rebase), decide each conflict, and submit it again.':
    'Non può basarsi sulla mappa in vigore. Riportarla su di essa (POST /api/v1/drafts/{0}/rebase), decidere ogni conflitto, e presentarla di nuovo.',
  'It cannot stand on the map that will be in force on {0}. Rebase it (POST /api/v1/drafts/{1}/rebase with effectiveDate {2}), decide each conflict, and submit it again.':
    'Non può basarsi sulla mappa che sarà in vigore il {0}. Riportarla su di essa (POST /api/v1/drafts/{1}/rebase con effectiveDate {2}), decidere ogni conflitto, e presentarla di nuovo.',
  'Send the same request again with a decision about each conflict, such as {0}: "take" is mine (the draft), theirs (the map), or value, with a "value" beside it.':
    'Inviare di nuovo la stessa richiesta con una decisione su ogni conflitto, come {0}: "take" è mine (la bozza), theirs (la mappa) o value, con accanto un "value".',
  '{0}, {1}: the draft says {2}, the map says {3}.': '{0}, {1}: la bozza dice {2}, la mappa dice {3}.',
  'the title ({0})': 'il titolo ({0})',
  'the notes ({0})': 'le note ({0})',
  'the attribute {0}': 'l’attributo {0}',
  'the code': 'il codice',
  'the parent': 'la voce superiore',
  'who takes its place': 'chi ne prende il posto',
  '{0}: the draft retires it, the map has changed it: {1}.':
    '{0}: la bozza la fa cessare, la mappa l’ha cambiata: {1}.',
  '{0}: the draft changes it: {1}; in the map it is retired{2}.':
    '{0}: la bozza la cambia: {1}; nella mappa è cessata{2}.',
  ', and its place was taken by {0}: with "mine" it comes back beside them, and of a record with its old code a person must say which one it means':
    ', e il suo posto è stato preso da {0}: con "mine" torna accanto a queste, e di una registrazione con il vecchio codice una persona deve dire quale intende',
  '{0} is {1} now': '{0} ora è {1}',
  'The first revision of a scheme is published, not sealed':
    'La prima revisione di uno schema si pubblica, non si programma',
  'There is no map in force on which it could stand. Publish it with a day that has come: {"effectiveDate":"{0}"}; without one, the day of its edition counts.':
    'Non c’è alcuna mappa in vigore su cui possa basarsi. Pubblicarla con un giorno già venuto: {"effectiveDate":"{0}"}; senza, vale il giorno della sua edizione.',
  'Something else was published or sealed in the same moment':
    'Nello stesso momento è stato pubblicato o programmato qualcos’altro',
  'Nothing was changed. Send the same request again.':
    'Nulla è cambiato. Inviare di nuovo la stessa richiesta.',
  'Everything that this draft changes has come into force by another way.':
    'Tutto ciò che questa bozza cambia è entrato in vigore per altra via.',
  'A scheme of this id exists': 'Uno schema con questo identificativo esiste già',
  'Some names are no warnings of the draft': 'Alcuni nomi non sono avvisi della bozza',
  'Nothing was acknowledged. Read its warnings, and send their names.':
    'Nulla è stato riconosciuto. Leggere i suoi avvisi, e inviare i loro nomi.',
  'The draft has no warning {0}.': 'La bozza non ha l’avviso {0}.',
  'Who had a hand in a draft cannot approve it': 'Chi ha messo mano a una bozza non può approvarla',
  'Ask somebody who did not edit, import or decide anything in it.':
    'Chiedere a qualcuno che non vi abbia modificato, importato o deciso nulla.',
  'You have approved this draft already': 'La bozza è già approvata da questa persona',
  'You have looked at another state of the draft': 'È stato visto un altro stato della bozza',
  'The submission has the hash {0}. Look at it again.':
    'Ciò che è stato presentato ha l’impronta {0}. Esaminarlo di nuovo.',
  'The draft is closed': 'La bozza è chiusa',
  'It is {0}; nothing is done to it any more.': 'È {0}; non si tocca più.',
  'This cannot be done to the draft as it stands': 'Questo non si può fare alla bozza come sta ora',
  'It is {0}. "{1}" is for a draft that is {2}; now it can be done: {3}.':
    'È {0}. "{1}" è per una bozza {2}; ora si può: {3}.',
  open: 'aperta',
  submitted: 'presentata',
  approved: 'approvata',
  sealed: 'programmata',
  rejected: 'respinta',
  withdrawn: 'ritirata',
  published: 'pubblicata',
  discarded: 'abbandonata',
  edit: 'modificare',
  submit: 'presentare',
  approve: 'approvare',
  reject: 'respingere',
  withdraw: 'ritirare',
  seal: 'programmare',
  publish: 'pubblicare',
  'place before the first revision': 'collocare prima della prima revisione',
  'come into force on its day': 'entrare in vigore nel suo giorno',
  'go back to a person': 'tornare a una persona',
  discard: 'abbandonare',
  'The draft has errors': 'La bozza ha errori',
  'The draft changes nothing': 'La bozza non cambia nulla',
  'The draft has warnings that nobody has acknowledged': 'La bozza ha avvisi che nessuno ha riconosciuto',
  'Mend them, or acknowledge each by its name.': 'Correggerli, o riconoscere ciascuno per nome.',
  'The draft was edited meanwhile': 'La bozza nel frattempo è stata modificata',
  'Look at it again, then repeat what you did.': 'Guardarla di nuovo, poi ripetere quanto fatto.',
  'The line has no code.': 'La riga non ha un codice.',
  'The code is longer than {0} characters.': 'Il codice è più lungo di {0} caratteri.',
  'What it is resolved from is longer than {0} characters.':
    'Ciò da cui si risolve è più lungo di {0} caratteri.',
  'The header has columns of the answer already': 'L’intestazione ha già colonne della risposta',
  'They would stand there twice: {0}. Take them out, or give them other names.':
    'Ci starebbero due volte: {0}. Toglierle, o dare loro altri nomi.',
  'The column is not in the header': 'La colonna non è nell’intestazione',
  'There is no column "{0}"; the header has: {1}. Say which it is with ?column=…':
    'Non c’è alcuna colonna "{0}"; l’intestazione ha: {1}. Dire quale è con ?column=…',
  'The line is longer than 1 MiB.': 'La riga è più lunga di 1 MiB.',
  'The line is not a JSON object with a text "code", and without "resolved".':
    'La riga non è un oggetto JSON con un testo "code", e senza "resolved".',
  'The header cannot be read': 'L’intestazione non si può leggere',
  'The CSV has no header line': 'Il CSV non ha una riga di intestazione',
  'Nothing is published yet.': 'Nulla è ancora pubblicato.',
  'Nothing was in force on that day': 'In quel giorno non era in vigore nulla',
  'The earliest edition known is valid from {0}; {1} is earlier.':
    'La prima edizione conosciuta vale dal {0}; {1} è prima.',
  'There is no such day': 'Non c’è un giorno così',
  '"{0}" is not a day of the calendar.': '"{0}" non è un giorno del calendario.',
  'There is no such revision or edition': 'Non c’è una tale revisione o edizione',
  '"{0}" is neither a revision number ({1} to {2}), nor a day as 2026-01-31, nor an edition: {3}.':
    '"{0}" non è né un numero di revisione (da {1} a {2}), né un giorno come 2026-01-31, né un’edizione: {3}.',
  'There is no map in force yet': 'Non c’è ancora alcuna mappa in vigore',
  'The value for {0} does not have the form of that field.':
    'Il valore per {0} non ha la forma di quel campo.',
  'There is no such entry': 'Non c’è una tale voce',
  'Revision {0} of {1} has no entry {2}.': 'La revisione {0} di {1} non ha la voce {2}.',
  'There is no revision {0}.': 'Non c’è la revisione {0}.',
  'A revision cannot be valid before the one it follows':
    'Una revisione non può valere prima di quella che segue',
  'Revision {0} is valid from {1}; {2} is earlier.': 'La revisione {0} vale dal {1}; {2} è prima.',
  'The draft is not what was approved': 'La bozza non è quella che è stata approvata',
  'Approved is the content hash {0}, the draft has {1}. Submit it again.':
    'Approvata è l’impronta {0}, la bozza ha {1}. Presentarla di nuovo.',
  'A sealed set comes into force in this moment':
    'In questo momento entra in vigore una variazione programmata',
  'Nothing was changed. Send the same request again in a few seconds.':
    'Nulla è cambiato. Inviare di nuovo la stessa richiesta tra qualche secondo.',
  'An edition of this name exists': 'Un’edizione con questo nome esiste già',
  'There is an edition "{0}" already; give the new one another label.':
    'C’è già un’edizione "{0}"; dare alla nuova un altro nome.',
  'Revision {0} of {1} has no concept {2}.': 'La revisione {0} di {1} non ha il concetto {2}.',
  'The links cannot be placed': 'I legami non si possono collocare',
  'The draft belongs to another scheme': 'La bozza appartiene a un altro schema',
  'It is a draft of {0}.': 'È una bozza di {0}.',
  'History comes before a first revision, and there is none yet':
    'La storia precede una prima revisione, e non ce n’è ancora una',
  'A historical edition was valid before the earliest one known':
    'Un’edizione storica valeva prima della più antica conosciuta',
  'Revision {0} is valid from {1}; {2} is not earlier.': 'La revisione {0} vale dal {1}; {2} non è prima.',
  'The edition has no such code': 'L’edizione non ha un tale codice',
  '{0} never had a code {1}.': '{0} non ha mai avuto un codice {1}.',
  'There is no such edition': 'Non c’è una tale edizione',
  '{0} has no published edition "{1}".': '{0} non ha alcuna edizione pubblicata "{1}".',
  'The historical edition has no {0}.': 'L’edizione storica non ha {0}.',
  'Revision {0} has no {1}.': 'La revisione {0} non ha {1}.',
  'For {0} no revision is known.': 'Per il {0} non si conosce alcuna revisione.',
  'For {0} no revision was known on {1}.': 'Per il {0} non si conosceva alcuna revisione il {1}.',
  'There is no such concept': 'Non c’è un tale concetto',
  '{0} never had a concept {1}.': '{0} non ha mai avuto un concetto {1}.',
  'There is no {0} for {1} to stand below.': 'Non c’è alcun {0} sotto cui {1} possa stare.',
  'There is no entry {0}.': 'Non c’è la voce {0}.',
  '{0} cannot take its own place.': '{0} non può prendere il posto di se stessa.',
  'The entry {0} exists.': 'La voce {0} esiste già.',
  'No connector is configured (CONNECTOR_URL).': 'Nessun connettore è configurato (CONNECTOR_URL).',
  'The connector answers in another form than agreed.':
    'Il connettore risponde in una forma diversa da quella concordata.',
  'The connector does not answer in time.': 'Il connettore non risponde in tempo.',
  'The connector cannot be reached.': 'Il connettore non è raggiungibile.',
  'The connector answers {0}.': 'Il connettore risponde {0}.',
  'The connector refuses: {0}.': 'Il connettore rifiuta: {0}.',
  'The connector refuses: {0}. {1}': 'Il connettore rifiuta: {0}. {1}',
  '{0} is both retired and changed, by edits[{1}] and edits[{2}]; in one list it is one of the two.':
    '{0} cessa e insieme cambia, con edits[{1}] ed edits[{2}]; in uno stesso elenco è possibile solo una delle due cose.',
  'The edits cannot be applied': 'Le modifiche non si possono applicare',
  'There is no such draft': 'Non c’è una tale bozza',
  'Several entries of the draft carry this code': 'Più voci della bozza portano questo codice',
  '{0} is carried by {1}. Name one by its concept id.':
    '{0} è portato da {1}. Nominarne una con il suo identificativo di concetto.',
  'The draft has no entry {0}.': 'La bozza non ha la voce {0}.',
  'The branch is too large to be moved at once': 'Il ramo è troppo grande per essere spostato in una volta',
  'It has {0} entries; {1} can be moved at once.': 'Ha {0} voci; in una volta se ne possono spostare {1}.',
  'The branch cannot be moved there': 'Il ramo non si può spostare lì',
  'The new parent is retired in this draft': 'La nuova voce superiore in questa bozza cessa',
  '{0} is retired.': '{0} cessa.',
  'The first draft of a scheme brings its edition': 'La prima bozza di uno schema porta la sua edizione',
  'There is no such scheme': 'Non c’è un tale schema',
  'There is no scheme {0}.': 'Non c’è lo schema {0}.',
  'A branch cannot stand below itself.': 'Un ramo non può stare sotto se stesso.',
  '{0} places it below {1}, not below {2}.': '{0} lo colloca sotto {1}, non sotto {2}.',
  'an entry without a code': 'una voce senza codice',
  '{0} is carried by the entry {1}.': '{0} è portato dalla voce {1}.',
  'Entries of the draft have ids that belong to another scheme':
    'Voci della bozza hanno identificativi che appartengono a un altro schema',
  'Retire these entries in the draft, and create them again without an id.':
    'Far cessare queste voci nella bozza, e crearle di nuovo senza identificativo.',
  'The id {0} belongs to the scheme {1}.': 'L’identificativo {0} appartiene allo schema {1}.',
  'Another revision came into force meanwhile': 'Nel frattempo è entrata in vigore un’altra revisione',
  'The draft stands on revision {0}, in force is {1}. Rebase it (POST /api/v1/drafts/{2}/rebase), look at what both changed, and submit it again.':
    'La bozza si basa sulla revisione {0}, in vigore è {1}. Riportarla su di essa (POST /api/v1/drafts/{2}/rebase), guardare che cosa hanno cambiato entrambe, e presentarla di nuovo.',
  'The entries of this edit were changed by something else since':
    'Le voci di questa modifica sono state cambiate poi da altro',
  '{0} is not as the edit left it. Change it as you want it.':
    '{0} non è come la modifica l’aveva lasciata. Cambiarla come la si vuole.',
  '{0} is carried by another entry, which this draft neither renumbers nor retires.':
    '{0} è portato da un’altra voce, che questa bozza né ricodifica né fa cessare.',
  'There is no edit that could be undone': 'Non c’è alcuna modifica che si possa annullare',
  'There is no undone edit that could be done again':
    'Non c’è alcuna modifica annullata che si possa ripetere',
  'Nobody can erase themselves': 'Nessuno può cancellare se stesso',
  'Ask another administrator.': 'Chiedere a un altro amministratore.',
  'The person has a part in drafts or imports that are not finished':
    'La persona ha una parte in bozze o importazioni non finite',
  'Once erased, they could come back under a new id and approve their own work. Publish or discard these drafts and apply or stop these imports first.':
    'Una volta cancellata, potrebbe tornare con un nuovo identificativo e approvare il proprio lavoro. Prima pubblicare o abbandonare queste bozze, e applicare o fermare queste importazioni.',
  'The draft {0} is {1}.': 'La bozza {0} è {1}.',
  'The import {0} is {1}.': 'L’importazione {0} è {1}.',
  'There is no such person': 'Non c’è una tale persona',
  'Approvals that there are: {0} of {1}. Another person is needed.':
    'Approvazioni presenti: {0} su {1}. Serve un’altra persona.',
  'Some decisions do not fit the conflicts of the draft':
    'Alcune decisioni non sono adatte ai conflitti della bozza',
  'There is no conflict about {0} of this concept; there is: {1}.':
    'Non c’è alcun conflitto su {0} di questo concetto; ci sono: {1}.',
  'The record is longer than 1 MiB.': 'La riga è più lunga di 1 MiB.',
  'goes on beside its successors': 'continua accanto ai suoi successori',
  'a part ended without a successor: {0}': 'una parte è cessata senza successore: {0}',
  'a part had not begun: {0}': 'una parte non era ancora iniziata: {0}',
  'perhaps {0}': 'forse {0}',
  'the code is in use since revision {0}': 'il codice è in uso dalla revisione {0}',
  'the code was in use in revision {0}': 'il codice era in uso nella revisione {0}',
  'the code was in use from revision {0} to {1}': 'il codice era in uso dalla revisione {0} alla {1}',
  'It is submitted. Approvals that there are: {0} of {1}. Once all are there, it can be published.':
    'È presentata. Approvazioni presenti: {0} su {1}. Quando ci sono tutte, si può pubblicare.',
  'ended with revision {0}': 'cessato con la revisione {0}',
  'The record has {0} fields, the header has {1}.': 'La riga ha {0} campi, l’intestazione ne ha {1}.',
  'A link says who takes the place of {0}.': 'Un collegamento dice chi prende il posto di {0}.',
  'Another historical edition was placed meanwhile':
    'Nel frattempo è stata collocata un’altra edizione storica',
  'The links lead into revision {0}; the lowest one is {1} now. Decide the day and the links again, and submit it again.':
    'I collegamenti portano alla revisione {0}; ora la più bassa è la {1}. Decidere di nuovo il giorno e i collegamenti, e presentarla di nuovo.',
  'The historical edition has no place any more': 'L’edizione storica non ha più un posto',
  'It was valid from {0}, and nothing is placed between known revisions: the lowest one is {1} now, valid from {2}.':
    'Era valida dal {0}, e fra revisioni note non si colloca nulla: ora la più bassa è la {1}, valida dal {2}.',
  'An edition {0} is known already.': 'Un’edizione {0} è già nota.',
  'The draft is a historical edition': 'La bozza è un’edizione storica',
  'It is placed before the first revision: POST /api/v1/schemes/{0}/history. To publish it, DELETE /api/v1/drafts/{1}/history first.':
    'Si colloca prima della prima revisione: POST /api/v1/schemes/{0}/history. Per pubblicarla, prima DELETE /api/v1/drafts/{1}/history.',
  'It is placed before the first revision, and what has come into force since it was opened does not touch it: there is nothing to rebase.':
    'Si colloca prima della prima revisione, e ciò che è entrato in vigore dopo la sua apertura non la tocca: non c’è nulla da riportare.',
  'The draft does not say that it is a historical edition': 'La bozza non dice di essere un’edizione storica',
  'Its edition was valid from {0}, before revision {1}, the lowest one known: it is placed before that one, and takes nothing of what came since. Say from which day it was valid, and what became of its entries: PUT /api/v1/drafts/{2}/history. To come into force, it needs an edition of a later day.':
    'La sua edizione era valida dal {0}, prima della revisione {1}, la più bassa nota: si colloca prima di quella, e non prende nulla di ciò che è venuto dopo. Dire da quale giorno era valida e che cosa è stato delle sue voci: PUT /api/v1/drafts/{2}/history. Per entrare in vigore le serve un’edizione di un giorno successivo.',
  'Say from which day it was valid, and what became of its entries: PUT /api/v1/drafts/{0}/history. Then submit it and let somebody approve it.':
    'Dire da quale giorno era valida e che cosa è stato delle sue voci: PUT /api/v1/drafts/{0}/history. Poi presentarla e farla approvare.',
};
