/** What the connector answers. */
export const connector: Readonly<Record<string, string>> = {
  'No such sealed set': 'Non c’è una tale variazione programmata',
  '"{0}" is withdrawn, in force, or was never sealed.':
    '"{0}" è ritirata, in vigore, o non è mai stata programmata.',
  'There is no such organisation': 'Non c’è una tale organizzazione',
  'No organisation has the id "{0}".': 'Nessuna organizzazione ha l’identificativo "{0}".',
  'There is no such revision': 'Non c’è una tale revisione',
  'The connector holds no revision {0} of "{1}".': 'Il connettore non ha la revisione {0} di "{1}".',
  'The revision reaches other waves than those that were seen':
    'La revisione raggiunge altre ondate rispetto a quelle viste',
  'Look how far revision {0} of "{1}" has come, and decide again.':
    'Guardare fin dove è arrivata la revisione {0} di "{1}", e decidere di nuovo.',
  'an address names no user or password, and has no query and no fragment':
    'un indirizzo non contiene utente né password, e non ha query né frammento',
  'Codes are unique there, and one out of use needs {0} characters':
    'Lì i codici sono unici, e uno cessato richiede {0} caratteri',
  'The targets file unlists targets; nothing was changed':
    'Il file dei sistemi collegati ne toglie dall’elenco; nulla è cambiato',
  'Targets that are listed and not named: {0}. Name them; or look at its plan, and apply it with that number: --unlist {1} (?unlist={2}).':
    'Sistemi collegati in elenco ma non indicati nel file: {0}. Indicarli; oppure esaminare il piano del file, e applicarlo con quel numero: --unlist {1} (?unlist={2}).',
  'The map "{0}" has no title in "{1}"; it has titles in: {2}':
    'La mappa "{0}" non ha alcun titolo in "{1}"; ha titoli in: {2}',
  '"{0}" would have its records where "{1}" has them; they would overwrite each other':
    '"{0}" avrebbe le sue registrazioni dove le ha "{1}"; si sovrascriverebbero a vicenda',
  'No wave waits for this revision': 'Nessuna ondata attende questa revisione',
  'Revision {0} of "{1}" reaches every wave that there is.':
    'La revisione {0} di "{1}" raggiunge tutte le ondate che ci sono.',
  'The replica is not the published map': 'La replica non è la mappa pubblicata',
  'Revision {0} of {1} has the hash {2}, published was {3}.':
    'La revisione {0} di {1} ha l’impronta {2}, quella pubblicata era {3}.',
  'The target is only observed': 'Il sistema collegato è solo osservato',
  'What would happen to "{0}" is said by its observation.':
    'Che cosa accadrebbe a "{0}" lo dice la sua osservazione.',
  'The targets file cannot be used; nothing was changed':
    'Il file dei sistemi collegati non si può usare; nulla è cambiato',
  'Target "{0}" holds records; its {1} cannot change. Give it a new id.':
    'Il sistema collegato "{0}" ha registrazioni; non se ne può cambiare: {1}. Dargli un nuovo identificativo.',
  '{0}: there are records, which would be looked for at another place. If the same records stand there, say so with sameRecords (--same-records): they are read before anything is sent. If not, give the targets new ids.':
    '{0}: ci sono registrazioni, che verrebbero cercate in un altro posto. Se lì ci sono le stesse registrazioni, dirlo con sameRecords (--same-records): vengono lette prima di inviare qualcosa. Altrimenti dare ai sistemi collegati nuovi id.',
  '"{0}" moves: its records are read at the new place before anything is sent':
    '"{0}" si sposta: le sue registrazioni vengono lette nel nuovo posto prima di inviare qualcosa',
  'It is not JSON: {0}': 'Non è JSON: {0}',
  'Nothing is known to put in place of ${{0}}': 'Non si sa che cosa mettere al posto di ${{0}}',
  '"{0}" stands twice': '"{0}" compare due volte',
  'There is no organisation "{0}"': 'Non c’è alcun ente "{0}"',
  'There is no system "{0}"': 'Non c’è alcun sistema "{0}"',
  'There is no profile "{0}"': 'Non c’è alcun profilo "{0}"',
  'It is not known here; a targets file has organisations, systems, profiles and targets':
    'Qui non è conosciuto; un file dei sistemi collegati ha organisations, systems, profiles e targets',
  '{0} "{1}" (no. {2})': '{0} "{1}" (n. {2})',
  '{0}, no. {1}': '{0}, n. {1}',
  'The secret {0} is not there; until the connector has it, nothing is sent to this system':
    'Il segreto {0} non c’è; finché il connettore non lo ha, a questo sistema non si invia nulla',
  'No revision of a map "{0}" has arrived: nothing is sent before one is published':
    'Di una mappa "{0}" non è arrivata alcuna revisione: non si invia nulla prima che ne sia pubblicata una',
  '{0}; maps that have one: {1}': '{0}; mappe che ne hanno: {1}',
  'no revision of a map "{0}" has arrived; when none is to be published, its name in the targets file is wrong':
    'di una mappa "{0}" non è arrivata alcuna revisione; se non deve esserne pubblicata una, il nome nel file dei sistemi collegati è sbagliato',
  'There is no driver "{0}"; there are {1}': 'Non c’è alcun driver "{0}"; ci sono {1}',
  'There is no such page': 'Non c’è una tale pagina',
  'Give as "after" what "next" of the page before says.':
    'Indicare come "after" ciò che dice "next" della pagina precedente.',
  'The driver "{0}" cannot delete records': 'Il driver "{0}" non può eliminare registrazioni',
  'With these settings the driver "{0}" does not see which records are in use, and the system is not said to refuse to delete them (refusesUsed)':
    'Con queste impostazioni il driver "{0}" non vede quali registrazioni sono in uso, e del sistema non è detto che rifiuti di eliminarle (refusesUsed)',
  'Whose the records of "{0}" are is decided when it is turned on.':
    'Di chi siano le registrazioni di "{0}" si decide quando lo si attiva.',
  'A delivery to the target is under way': 'È in corso un invio al sistema collegato',
  'What is being sent to "{0}" may make a record of the same entry. Try again when it is done.':
    'Ciò che si sta inviando a "{0}" può creare una registrazione della stessa voce. Riprovare quando è finito.',
  'The record is ours already': 'La registrazione è già nostra',
  '"{0}" is the record of {1}.': '"{0}" è la registrazione di {1}.',
  'The map has no such entry with a code': 'La mappa non ha una tale voce con un codice',
  'The map of "{0}" never had {1} under a code.': 'La mappa di "{0}" non ha mai avuto {1} con un codice.',
  'The record "{0}" shows {1}.': 'La registrazione "{0}" mostra {1}.',
  'The entry has a record already': 'La voce ha già una registrazione',
  'Nobody can see what the target holds': 'Nessuno può vedere che cosa contiene il sistema collegato',
  'The protocol of "{0}", {1}, cannot list records.':
    'Il protocollo di "{0}", {1}, non può elencare le registrazioni.',
  'The target has no such record': 'Il sistema collegato non ha una tale registrazione',
  '"{0}" holds no record "{1}" now.': '"{0}" ora non contiene la registrazione "{1}".',
  'There is no such target': 'Non c’è un tale sistema collegato',
  'The target is paused, or in quarantine': 'Il sistema collegato è in pausa, o in quarantena',
  'Resume or release "{0}" first; then everything that is due is tried.':
    'Prima riprendere o liberare "{0}"; poi si tenta tutto ciò che è dovuto.',
  'Some of these codes are not stuck; nothing was changed':
    'Alcuni di questi codici non sono bloccati; nulla è cambiato',
  '{0} is not stuck at "{1}".': '{0} non è bloccato su "{1}".',
  'No revision and no target has the code "{0}".':
    'Nessuna revisione e nessun sistema collegato ha il codice "{0}".',
  'There is no such code': 'Non c’è un tale codice',
  'The connector has heard nothing of "{0}".': 'Il connettore non sa nulla di "{0}".',
  'There is no such map': 'Non c’è una tale mappa',
  'The map of "{0}" has no code "{1}", and nothing is stuck under it.':
    'La mappa di "{0}" non ha il codice "{1}", e sotto di esso nulla è bloccato.',
  'The code is not skipped': 'Il codice non è saltato',
  'Nobody skipped "{0}" at "{1}", or it was skipped with what it stands below.':
    'Nessuno ha saltato "{0}" su "{1}", o è stato saltato insieme a ciò sotto cui sta.',
  'The target is on already': 'Il sistema collegato è già attivo',
  '"{0}" is no longer only observed.': '"{0}" non è più solo osservato.',
  'The target is somewhere else by now': 'Il sistema collegato si trova ora a un altro indirizzo',
  'What is registered for "{0}" changed while its records were read. Look at it again.':
    'Ciò che è registrato per "{0}" è cambiato mentre se ne leggevano le registrazioni. Esaminarlo di nuovo.',
  'The records fit another revision than the one that was seen':
    'Le registrazioni corrispondono a una revisione diversa da quella vista',
  'What "{0}" holds fits revision {1} now. Look at it again.':
    'Ciò che "{0}" contiene corrisponde ora alla revisione {1}. Esaminarlo di nuovo.',
  'Nobody asked about the record "{0}".': 'Nessuno ha chiesto della registrazione "{0}".',
  'The record "{0}" waits for a decision.': 'La registrazione "{0}" attende una decisione.',
  '"{0}" is no candidate for "{1}".': '"{0}" non è tra i candidati per "{1}".',
  '"{0}" has a record already.': '"{0}" ha già una registrazione.',
  'Not everything is decided; the target stays as it is':
    'Non tutto è deciso; il sistema collegato resta com’è',
  'The target cannot be read now': 'Il sistema collegato ora non si può leggere',
  '"{0}" says: {1}': '"{0}" dice: {1}',
  'Too many watch already': 'Ci sono già troppi osservatori',
  'Try again later, or read the targets page by page.':
    'Riprovare più tardi, o leggere i sistemi collegati pagina per pagina.',
  'The change set does not stand on the revision that the connector holds':
    'Le variazioni non si basano sulla revisione che il connettore ha',
  'It stands on revision {0} of "{1}"; the connector holds {2}.':
    'Si basano sulla revisione {0} di "{1}"; il connettore ha {2}.',
  'The settings of a profile do not fit its driver':
    'Le impostazioni di un profilo non sono adatte al suo driver',
  'Mend the profile "{0}" in the targets file.':
    'Correggere il profilo "{0}" nel file dei sistemi collegati.',
  'No repair is held': 'Nessuna riparazione è trattenuta',
  'The last check of "{0}" held nothing back.': 'L’ultimo controllo di "{0}" non ha trattenuto nulla.',
  'The target is not held': 'Il sistema collegato non è trattenuto',
  'Nothing more would be done to "{0}" than was approved, or a person has released it already.':
    'A "{0}" non si farebbe più di quanto approvato, o qualcuno lo ha già sbloccato.',
  'You have looked at another state of the target': 'È stato visto un altro stato del sistema collegato',
  'Revision {0} would create {1}, change {2} and end {3} records of "{4}". Look at it again.':
    'La revisione {0} creerebbe {1} registrazioni di "{4}", ne cambierebbe {2} e ne chiuderebbe {3}. Guardare di nuovo.',
  'Whoever had a part in it cannot release a target':
    'Chi vi ha avuto parte non può sbloccare un sistema collegato',
  'Somebody who changed what is registered for "{0}" was erased, and nobody knew you before. Ask an operator who was known already.':
    'Una persona che ha cambiato ciò che è registrato per "{0}" è stata cancellata, e prima di allora chi chiede non era noto. Chiedere a un operatore che era già noto.',
  'You changed what is registered for "{0}" since it took its revision. Ask another operator.':
    'La configurazione di "{0}" è stata cambiata da chi chiede, dopo che il sistema ha preso la sua revisione. Chiedere a un altro operatore.',
  'Somebody who let "{0}" go on to this revision was erased, and nobody knew you before. Ask an operator who was known already.':
    'Una persona che ha fatto passare "{0}" a questa revisione è stata cancellata, e prima di allora chi chiede non era noto. Chiedere a un operatore che era già noto.',
  'You let "{0}" go on to this revision, by adopting it, by its roll-out or by a pin. Ask another operator.':
    'È chi chiede che ha fatto passare "{0}" a questa revisione, adottandola, aprendola a un’ondata o fissandola. Chiedere a un altro operatore.',
  'Nobody stands behind this id': 'Dietro questo identificativo non c’è nessuno',
  '"{0}" is what the connector does by itself.': '"{0}" è ciò che il connettore fa da sé.',
  'Somebody else reports for this consumer': 'Per questo consumatore riferisce qualcun altro',
  '"{0}" was registered by another client; take an id of your own.':
    '"{0}" è stato registrato da un altro client; scegliere un proprio identificativo.',
  'There are too many consumers': 'I consumatori sono troppi',
  'No more than {0} can be registered.': 'Non se ne possono registrare più di {0}.',
  'The configuration cannot become so; nothing was changed':
    'La configurazione non può diventare così; nulla è cambiato',
  map: 'la mappa',
  driver: 'il driver',
  // Why a target is where it is.
  'only observed; an operator turns it on': 'solo osservato; lo attiva un operatore',
  'paused by an operator': 'messo in pausa da un operatore',
  'paused by an operator: {0}': 'messo in pausa da un operatore: {0}',
  'in quarantine: {0}': 'in quarantena: {0}',
  'revision {0} is due, and it is pinned to revision {1}':
    'è dovuta la revisione {0}, ma è fissato alla revisione {1}',
  'revision {0} is due, and reaches {1} of the waves; its organisation is in wave {2}':
    'è dovuta la revisione {0}, che raggiunge le prime ondate (quante: {1}); il suo ente è nell’ondata {2}',
  'revision {0} is due, and its organisation adopts only by an act, which lacks':
    'è dovuta la revisione {0}, ma il suo ente adotta solo con un atto, che manca',
  'revision {0} is due, and its organisation adopts it from {1} on':
    'è dovuta la revisione {0}, ma il suo ente la adotta dal {1}',
  'The map "{0}" never had the code "{1}".': 'La mappa “{0}” non ha mai avuto il codice “{1}”.',
  'nothing changes: no target of the organisation holds this map':
    'non cambia nulla: nessun sistema collegato dell’ente contiene questa mappa',
  'nothing changes: the organisation had adopted this revision already':
    'non cambia nulla: l’ente aveva già adottato questa revisione',
  'an operator skipped {0}': 'un operatore ne ha escluse {0}',
  'all deliveries are stopped: {0}': 'tutti gli invii sono fermi: {0}',
  'the map is fetched anew from the catalog; nothing is sent before revision {0} is here again':
    'la mappa viene ripresa dal catalogo; nulla è inviato prima che la revisione {0} sia di nuovo qui',
  'outside the delivery windows of its system': 'fuori dagli orari di invio del sistema',
  'asked to slow down: {0}': 'ha chiesto di rallentare: {0}',
  'all its records are to be sent again': 'tutte le sue registrazioni sono da inviare di nuovo',
  'all its records are being compared with the map':
    'tutte le sue registrazioni vengono confrontate con la mappa',
  'no revision has arrived yet': 'non è ancora arrivata alcuna revisione',
  'its turn': 'il suo turno',
  'its place changed; nothing is sent before a check has found its records there':
    'ha cambiato posto; nulla è inviato prima che un controllo vi abbia trovato le sue registrazioni',
  '{0}; the last check found {1} wrong: see its drift':
    '{0}; l’ultimo controllo ne ha trovate {1} sbagliate: vedere il suo scostamento',
  'it does not hold what it acknowledged (records missing: {0}, altered: {1}, extra: {2})':
    'non contiene ciò che aveva confermato (registrazioni mancanti: {0}, alterate: {1}, in più: {2})',
  '{0}, and so much is wrong that nothing was mended: look at its drift, then release the repair, or mend it there and ask for a drift check':
    '{0}, ed è così tanto che nulla è stato corretto: guardare il suo scostamento, poi sbloccare la riparazione, oppure correggere nel sistema e chiedere un controllo',
  '{0}, and some of that was mended before and is wrong again: look at its drift, then mend it there and ask for a drift check, or release the repair (POST …/drift-repair) to have it tried once more':
    '{0}, e una parte era già stata corretta ed è di nuovo sbagliata: guardare il suo scostamento, poi correggere nel sistema e chiedere un controllo, oppure sbloccare la riparazione (POST …/drift-repair) perché sia tentata un’altra volta',
  '{0}, and its profile only reports that: mend it there and ask for a drift check, or ask for a resync':
    '{0}, e il suo profilo lo segnala soltanto: correggere nel sistema e chiedere un controllo, oppure chiedere un nuovo invio completo (resync)',
  'whether it holds still what it acknowledged is not known, because it could not be read: {0}':
    'non si sa se contenga ancora ciò che ha confermato, perché non si è potuto leggerlo: {0}',
  'something there changes records of ours again each time they are mended (records: {0}): see its drift, and stop what does it':
    'lì qualcosa cambia di nuovo nostre registrazioni ogni volta che sono corrette (registrazioni: {0}): vedere il suo scostamento, e fermare ciò che lo fa',
  'revision {0} would do more than was approved': 'la revisione {0} farebbe più di quanto è stato approvato',
  'records made or opened again: approved {0}, would be {1}':
    'registrazioni create o riaperte: approvate {0}, sarebbero {1}',
  'records renamed, renumbered or moved: approved {0}, would be {1}':
    'registrazioni rinominate, rinumerate o spostate: approvate {0}, sarebbero {1}',
  'records put out of use or deleted: approved {0}, would be {1}':
    'registrazioni cessate o eliminate: approvate {0}, sarebbero {1}',
  'its configuration changed since, so all of it is compared once it is released':
    'la sua configurazione è cambiata nel frattempo, perciò una volta sbloccato viene confrontato per intero',
  '{0}; {1}': '{0}; {1}',
  '{0}: {1}': '{0}: {1}',
  // What targets say ahead of the day of a sealed set.
  'the code {0} is taken there by a record that is not ours: {1}':
    'il codice {0} lì è di una registrazione che non è nostra: {1}',
  'its settings do not fit the driver "{0}"; mend its profile in the targets file':
    'le sue impostazioni non sono adatte al driver "{0}"; correggere il suo profilo nel file dei sistemi collegati',
  'not rehearsed: {0}': 'non provato: {0}',
  'it holds more than {0} records, so nobody looked which codes are taken':
    'contiene più di {0} registrazioni, perciò nessuno ha guardato quali codici sono occupati',
  'it rests after a failure: {0}': 'riposa dopo un guasto: {0}',
  'the other targets of its system took all the time':
    'gli altri collegamenti del suo sistema hanno preso tutto il tempo',
  'it is gone': 'non c’è più',
  'everything was compared and sent, and what the target acknowledged is still not the map; ask for a drift check, then for a resync':
    'tutto è stato confrontato e inviato, e ciò che il sistema collegato ha confermato non è ancora la mappa; chiedere un controllo, poi un nuovo invio completo (resync)',
};
