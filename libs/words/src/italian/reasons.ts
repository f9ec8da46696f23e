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
  'fails on this record alone: {0}': 'si guasta solo su questa registrazione: {0}',
  'the foreign record {0} has this code': 'la registrazione estranea {0} ha questo codice',
  'the time for this page was up': 'il tempo per questa pagina era finito',
  'the protocol {0} cannot count uses': 'il protocollo {0} non può contare gli usi',
  'the protocol {0} cannot list what uses a record':
    'il protocollo {0} non può elencare che cosa usa una registrazione',
  'it did not answer in time': 'non ha risposto in tempo',
  'the foreign record {0} has the code {1}': 'la registrazione estranea {0} ha il codice {1}',
  // Of a target or its system.
  'records that were written are gone again': 'registrazioni che erano state scritte non ci sono più',
  'the settings of its profile do not fit the driver':
    'le impostazioni del suo profilo non sono adatte al driver',
  'the connector met an error of its own; see its log ({0})':
    'il connettore ha incontrato un proprio errore; vedere il suo registro ({0})',
  'The secret {0} is not there': 'Il segreto {0} non c’è',
  'its protocol cannot list what it holds': 'il suo protocollo non può elencare che cosa contiene',
  'the catalog took back a revision that this target holds, as after a restored backup; look at what a dry run would send, then release it':
    'il catalogo ha ritirato una revisione che questo sistema collegato contiene, come dopo il ripristino di una copia; guardare che cosa invierebbe una prova (dry run), poi sbloccarlo',
  // What drivers say beside the words of the target.
  'not sent: {0}': 'non inviato: {0}',
  'nobody listens at {0}': 'a {0} non ascolta nessuno',
  'no host has the name {0}': 'nessun computer ha il nome {0}',
  'the address of {0} cannot be looked up just now': 'al momento non si può cercare l’indirizzo di {0}',
  'no way leads to {0}': 'non c’è una via verso {0}',
  'no connection came about in time': 'il collegamento non si è stabilito in tempo',
  'the other side closed the connection before it had answered':
    'l’altra parte ha chiuso il collegamento prima di rispondere',
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
  'the type {0} lacks {1}': 'al tipo {0} manca {1}',
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
