/** Reasons that are kept as text, and known again by it (`recalled`). */
export const reasons: Readonly<Record<string, string>> = {
  // Of an entry.
  'code longer than {0} characters': 'codice di più di {0} caratteri',
  'title missing in source': 'titolo mancante nel documento',
  'title longer than {0} characters, and no short title that fits':
    'titolo di più di {0} caratteri, e nessun titolo breve che ci stia',
  'waits for {0}': 'attende {0}',
  'waits for the code {0}, which another record has ({1})':
    'attende il codice {0}, che ha un’altra registrazione ({1})',
  'skipped by an operator: {0}': 'esclusa da un operatore: {0}',
  'the record has ended and is not deleted: {0}': 'la registrazione è cessata e non viene eliminata: {0}',
  'fails on this record alone: {0}': 'fallisce solo su questa registrazione: {0}',
  'the foreign record {0} has this code': 'la registrazione estranea {0} ha questo codice',
  'the time for this page was up': 'il tempo per questa pagina era finito',
  'the protocol {0} cannot count uses': 'il protocollo {0} non può contare gli usi',
  'the protocol {0} cannot list what uses a record':
    'il protocollo {0} non può elencare che cosa usa una registrazione',
  'it did not answer in time': 'non ha risposto in tempo',
  'the foreign record {0} has the code {1}': 'la registrazione estranea {0} ha il codice {1}',
  'stands below {0}: {1}': 'sta sotto {0}: {1}',
  // Of a target or its system.
  'it is gone': 'non c’è più',
  'records that were written are gone again': 'registrazioni che erano state scritte non ci sono più',
  'the settings of its profile do not fit the driver':
    'le impostazioni del suo profilo non sono adatte al driver',
  'the connector met an error of its own; see its log ({0})':
    'il connettore ha incontrato un proprio errore; vedere il suo registro ({0})',
  'The secret {0} is not there': 'Il segreto {0} non c’è',
  'its protocol cannot list what it holds': 'il suo protocollo non può elencare che cosa contiene',
  'the catalog took back a revision that this target holds, as after a restored backup; look at what a dry run would send, then release it':
    'il catalogo ha ritirato una revisione che questo sistema collegato contiene, come dopo il ripristino di una copia; guardare che cosa invierebbe una prova (dry run), poi sbloccarlo',
  // Why a drift check did not ask.
  '"{0}" cannot be asked: {1}': 'A "{0}" non si può chiedere: {1}',
  'No target has the id "{0}".': 'Nessun sistema collegato ha l’identificativo "{0}".',
  // What drivers say beside the words of the target.
  'no answer in time': 'nessuna risposta in tempo',
  'stopped while waiting for the answer': 'interrotto mentre si attendeva la risposta',
  'the answer is longer than {0} bytes': 'la risposta supera i {0} byte',
  'HTTP {0}, but the answer is not what the protocol says':
    'HTTP {0}, ma la risposta non è quella prevista dal protocollo',
  'HTTP {0}, but the answer is not what the protocol says (at {1})':
    'HTTP {0}, ma la risposta non è quella prevista dal protocollo (in {1})',
  '{0} leads to {1}, which is link-local': '{0} porta a {1}, che è un indirizzo link-local',
  'the list of records runs in a circle at {0}': 'l’elenco delle registrazioni torna su sé stesso a {0}',
  'the list of records does not go on': 'l’elenco delle registrazioni non prosegue',
  'the list stops after {0} and says that there is more':
    'l’elenco si ferma dopo {0} e indica che ci sono altri elementi',
  'the list stops after {0} of {1}': 'l’elenco si ferma dopo {0} di {1}',
  'the next page is at no address of the API: {0}': 'la pagina seguente non è a un indirizzo dell’API: {0}',
  'the next page is at no address of the table: {0}':
    'la pagina seguente non è a un indirizzo della tabella: {0}',
  'the next page of what uses a record has no token':
    'la pagina seguente di ciò che usa una registrazione non ha un token',
  'no page of this list ends at "{0}"': 'nessuna pagina di questo elenco finisce a "{0}"',
  'a record of the CRM cannot be read: {0}': 'non si può leggere una registrazione del CRM: {0}',
  'a record cannot be read: {0}': 'non si può leggere una registrazione: {0}',
  'what uses a record cannot be read: {0}': 'non si può leggere ciò che usa una registrazione: {0}',
  'what a receiver of webhooks holds cannot be read':
    'non si può leggere che cosa contiene un destinatario di webhook',
  'it does not count uses: there is no {0} with {1}, or our user may not see it ({2})':
    'non conta gli usi: non c’è {0} con {1}, o il nostro utente non può vederlo ({2})',
  'the answer does not say what became of the change set':
    'la risposta non dice che cosa ne è stato dell’insieme di modifiche',
  'created, but the answer does not say under which id':
    'creata, ma la risposta non dice con quale identificativo',
  'nothing can be created at {0}: {1}': 'a {0} non si può creare nulla: {1}',
  'the server cannot search by externalId, so a repeat could not be told from a new record':
    'il server non sa cercare per externalId, perciò una ripetizione non si distinguerebbe da una nuova registrazione',
  'the secret is not whsec_ with 24 to 64 bytes in base64':
    'il segreto non è whsec_ con 24-64 byte in base64',
  'the parent folder {0}: {1}': 'la cartella superiore {0}: {1}',
  'the parent folder {0} is outside {1}': 'la cartella superiore {0} è fuori da {1}',
  'the parent folder is outside {0}': 'la cartella superiore è fuori da {0}',
  'the folder {0} was made outside {1}, and stays: {2}':
    'la cartella {0} è stata creata fuori da {1}, e rimane: {2}',
  'the folder {0} was moved outside {1}, and stays: {2}':
    'la cartella {0} è stata spostata fuori da {1}, e rimane: {2}',
  'the folder {0} is outside {1}': 'la cartella {0} è fuori da {1}',
  'the folder {0} is not of type {1}': 'la cartella {0} non è di tipo {1}',
  'its name is that of the folder {0}, the record of {1}: {2}':
    'il suo nome è quello della cartella {0}, la registrazione di {1}: {2}',
  'its name is that of the folder {0}, which is not ours: {1}':
    'il suo nome è quello della cartella {0}, che non è nostra: {1}',
  'the server does not say in which folder the record is':
    'il server non dice in quale cartella sta la registrazione',
  'something is filed in the folder: {0}': 'nella cartella è archiviato qualcosa: {0}',
  'somebody else is writing the record': 'qualcun altro sta scrivendo la registrazione',
  'Tryton has no record {0}': 'Tryton non ha la registrazione {0}',
  'Tryton failed: {0}': 'errore di Tryton: {0}',
  '{0} is no id of Tryton, so it cannot be the parent':
    '{0} non è un identificativo di Tryton, perciò non può stare sopra',
  'our user has no company in Tryton': 'il nostro utente non ha un’azienda in Tryton',
  'not sent: {0}': 'non inviato: {0}',
  'nobody listens at {0}': 'a {0} non ascolta nessuno',
  'no host has the name {0}': 'nessun computer ha il nome {0}',
  'the address of {0} cannot be looked up just now': 'al momento non si può cercare l’indirizzo di {0}',
  'no way leads to {0}': 'non c’è una via verso {0}',
  'no connection came about in time': 'il collegamento non si è stabilito in tempo',
  'the other side closed the connection before it had answered':
    'l’altra parte ha chiuso il collegamento prima di rispondere',
  'the certificate of the server has expired': 'il certificato del server è scaduto',
  'the certificate of the server is not valid yet': 'il certificato del server non è ancora valido',
  'the certificate of the server was revoked': 'il certificato del server è stato revocato',
  'the certificate of the server is for other names than {0}':
    'il certificato del server vale per nomi diversi da {0}',
  'the server signed its certificate itself, and the connector was not told to trust it':
    'il server ha firmato da sé il proprio certificato, e al connettore non è stato detto di fidarsene',
  'nobody whom the connector trusts stands behind the certificate of the server; it may also lack those in between':
    'dietro il certificato del server non c’è nessuno di cui il connettore si fidi; possono anche mancare i certificati intermedi',
  'the server does not speak TLS, or none of the versions and ciphers that are safe':
    'il server non parla TLS, o nessuna delle versioni e cifrature sicure',
  'it could not be sent in time': 'non si è potuto inviare in tempo',
  'the credentials are not accepted: {0}': 'le credenziali non sono accettate: {0}',
  'the answer is not what the protocol says: an id has control characters or half a character':
    'la risposta non è quella prevista dal protocollo: un identificativo ha caratteri di controllo o mezzo carattere',
  'HTTP {0} to another address, which is not followed':
    'HTTP {0} verso un altro indirizzo, che non viene seguito',
  '{0}, but the answer is not UTF-8': '{0}, ma la risposta non è UTF-8',
  '{0}, but the answer has no parts': '{0}, ma la risposta non ha parti',
  '{0}, and the answer is empty': '{0}, e la risposta è vuota',
  '{0}, and the answer is not JSON': '{0}, e la risposta non è JSON',
  '{0}, but the answer is empty': '{0}, ma la risposta è vuota',
  '{0}, but the answer is not JSON': '{0}, ma la risposta non è JSON',
  'the answer does not say what became of this record':
    'la risposta non dice che cosa ne è stato di questa registrazione',
  'the folder {0}: {1}': 'la cartella {0}: {1}',
  'the type {0}: {1}': 'il tipo {0}: {1}',
  'the type {0} lacks {1}': 'al tipo {0} manca {1}',
  'there is no {0} with all properties of the settings: {1}':
    'non c’è {0} con tutte le proprietà delle impostazioni: {1}',
  '{0} is no alternate key of {1}: {2}': '{0} non è una chiave alternativa di {1}: {2}',
  '{0} lacks the fields {1}': 'a {0} mancano i campi {1}',
  '{0}.{1} is not marked as external id': '{0}.{1} non è segnato come identificativo esterno',
  'the CRM has no object {0}, or hides it: {1}': 'il CRM non ha un oggetto {0}, o lo nasconde: {1}',
  'our user may not {0} {1}': 'il nostro utente non può {0} {1}',
  '{0} is a link-local address, where clouds give credentials to whoever asks; nothing is sent there':
    '{0} è un indirizzo link-local, dove i cloud danno credenziali a chi le chiede; lì non si invia nulla',
  '{0} is none of the addresses that targets may have (TARGET_ADDRESSES)':
    '{0} non è tra gli indirizzi che i sistemi collegati possono avere (TARGET_ADDRESSES)',
  'Variables with secrets of targets begin with {0}, for example env:{1}CRM':
    'Le variabili con i segreti dei sistemi collegati iniziano con {0}, per esempio env:{1}CRM',
  'Secrets are read from files once SECRET_DIRECTORY says below which directory they are':
    'I segreti si leggono da file quando SECRET_DIRECTORY dice sotto quale cartella stanno',
  'Files with secrets of targets are below {0}, and their path has no ".."':
    'I file con i segreti dei sistemi collegati stanno sotto {0}, e il loro percorso non ha ".."',
  'The secret {0} is not read: {1}': 'Il segreto {0} non viene letto: {1}',
};
