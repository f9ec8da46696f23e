/** What schemas of requests, of the targets file and of settings find. */
export const schemas: Readonly<Record<string, string>> = {
  'It must be the code of a language, such as it or en.':
    'Deve essere il codice di una lingua, come it o en.',
  'It must be a hash: 64 digits and small letters from a to f.':
    'Deve essere un’impronta: 64 cifre e lettere minuscole da a a f.',
  'It must be the name of a format, such as csv.': 'Deve essere il nome di un formato, come csv.',
  'an id has small letters, digits and single hyphens':
    'un identificativo ha lettere minuscole, cifre e trattini singoli',
  'a path with a slash at both ends, for example /rpc/':
    'un percorso con una barra alle due estremità, per esempio /rpc/',
  'a path below the base address, for example /ActivityCodes':
    'un percorso sotto l’indirizzo di base, per esempio /ActivityCodes',
  'a name of OData, for example mappa_title': 'un nome OData, per esempio mappa_title',
  'a path below the base address, for example /api/data/v9.2, or nothing':
    'un percorso sotto l’indirizzo di base, per esempio /api/data/v9.2, o nulla',
  'a path, or an https address, for example https://login.microsoftonline.com/TENANT/oauth2/v2.0/token':
    'un percorso, o un indirizzo https, per esempio https://login.microsoftonline.com/TENANT/oauth2/v2.0/token',
  'an API name of Salesforce, for example Title__c': 'un nome API di Salesforce, per esempio Title__c',
  'for example v60.0': 'per esempio v60.0',
  'a property id, for example act:title': 'l’identificativo di una proprietà, per esempio act:title',
  'a path below the repository root, for example /mappa':
    'un percorso sotto la radice del repository, per esempio /mappa',
  'names neither parent nor code': 'non nomina né la voce superiore né il codice',
  'could take very long on some codes; write it without repetitions of repetitions':
    'con alcuni codici potrebbe durare a lungo; scriverla senza ripetizioni di ripetizioni',
  'have one pattern on two levels: a code would not tell of which it is':
    'hanno lo stesso modello su due livelli: un codice non direbbe di quale è',
  'is not one more than that of the level before; the first is 1':
    'non è di uno maggiore di quella del livello prima; la prima è 1',
  'name the scheme in one of its languages': 'dare allo schema un titolo in una delle sue lingue',
  'name the level in at least one language, such as {"it": "processo"}':
    'nominare il livello in almeno una lingua, come {"it": "processo"}',
  'is not a regular expression': 'non è un’espressione regolare',
  'stands with a code list, and with nothing else': 'sta con un elenco di codici, e con nient’altro',
  'is false for an attribute outside the hash: nobody could verify what was sent':
    'è false per un attributo fuori dall’impronta: nessuno potrebbe verificare ciò che è stato inviato',
  'define one attribute twice': 'definiscono due volte un attributo',
  'has characters that cannot be stored': 'ha caratteri che non si possono conservare',
  'There is no such day.': 'Questo giorno non esiste.',
  'is before 1900': 'è prima del 1900',
  'is not a cursor that this API gave': 'non è un cursore dato da questa API',
  'name at least one code or concept': 'nominare almeno un codice o un concetto',
  'a time such as 20:00 is expected': 'si attende un’ora come 20:00',
  'a moment such as 12-31T23:30 (every year) or 2026-12-31T23:30 is expected':
    'si attende un momento come 12-31T23:30 (ogni anno) o 2026-12-31T23:30',
  'it ends before it begins': 'finisce prima di cominciare',
  'both ends have a year, or none has': 'le due estremità hanno un anno, o nessuna lo ha',
  'a secret is named, never written: env:NAME or file:/PATH':
    'un segreto si nomina, non si scrive mai: env:NOME o file:/PERCORSO',
  'an http address is expected': 'si attende un indirizzo http',
  'say why they are put in quarantine': 'dire perché sono messi in quarantena',
  'an address with {id}, for example https://crm.example.it/lightning/r/Case/{id}/view':
    'un indirizzo con {id}, per esempio https://crm.example.it/lightning/r/Case/{id}/view',
  'not the `next` of a page': 'non è il `next` di una pagina',
};
