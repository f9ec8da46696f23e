/** What readers of files find, beside the rules of the map: in Italian for people; the message says it in English with its details. */
export const fileRules = {
  'file-kind': {
    it: 'Il file non è di un tipo che si può importare. Salvarlo come XLSX, CSV o DOCX (da un PDF: chiedere la tabella a chi lo pubblica).',
  },
  'file-empty': { it: 'Il file non contiene voci.' },
  'too-many-rows': { it: 'Il file ha troppe righe: va diviso, o contiene righe che non sono voci.' },
  'file-too-large': { it: 'Il file è troppo grande.' },
  'file-encrypted': { it: 'Il file è protetto da password. Salvarlo senza.' },
  'zip-damaged': { it: 'Il file è danneggiato. Aprirlo e salvarlo di nuovo.' },
  'zip-bomb': { it: 'Il file si espande oltre misura e non viene letto.' },
  'xml-damaged': { it: 'Il file è danneggiato al suo interno. Aprirlo e salvarlo di nuovo.' },
  'xml-doctype': { it: 'Il file contiene una dichiarazione DOCTYPE, che nessun programma d’ufficio scrive.' },
  'external-reference': {
    it: 'Il file rinvia ad altri file, che non vengono letti: valgono gli ultimi valori.',
  },
  'sheet-missing': { it: 'Il foglio indicato non c’è.' },
  'encoding-assumed': {
    it: 'Il file non è UTF-8: è letto come Windows-1252. Controllare le lettere accentate, o indicare la codifica.',
  },
  'text-damaged': {
    it: 'La cella ha caratteri che non si possono leggere o conservare: forse la codifica è un’altra.',
  },
  'csv-quotes': { it: 'Le virgolette non sono chiuse, o stanno dentro un testo senza essere raddoppiate.' },
  'csv-form': { it: 'La riga non si può leggere.' },
  'header-missing': {
    it: 'Manca l’intestazione: la prima riga deve nominare le colonne (codice, titolo, padre) o i livelli.',
  },
  'column-unknown': { it: 'La colonna non è conosciuta e non viene letta.' },
  'column-repeated': { it: 'Due colonne contengono la stessa cosa.' },
  'too-many-columns': { it: 'Le colonne sono troppe.' },
  'row-too-long': {
    it: 'La riga ha più celle dell’intestazione, o è troppo lunga: forse manca la chiusura delle virgolette.',
  },
  'file-outdated': {
    it: 'Il file viene da una revisione precedente: ciò che altri hanno cambiato da allora resta, ciò che cambia anche il file va deciso.',
  },
  'origin-missing': {
    it: 'Il file non dice da quale revisione viene (un CSV non può dirlo): se è vecchio, le variazioni fatte da allora risultano annullate.',
  },
  'origin-unknown': {
    it: 'La revisione da cui il file dice di venire non è conosciuta qui: è confrontato con quella in vigore.',
  },
  'changed-by-both': {
    it: 'La voce è cambiata sia nel file sia, nel frattempo, nella mappa: va deciso quale vale.',
  },
  'row-without-name': { it: 'La riga non ha né codice né titolo.' },
  'concept-id-form': { it: 'L’identificativo non è valido: non va modificato né scritto a mano.' },
  'rank-form': { it: 'L’ordine non è un numero intero.' },
  'change-unknown': { it: 'La variazione chiesta può essere solo "cessare" o "mantenere".' },
  'code-as-number': { it: 'Il codice è un numero, che perde gli zeri: dare alla colonna il formato testo.' },
  'cells-merged': {
    it: 'La cella è unita ad altre, ma ogni riga è una voce: dividerla e compilare ogni riga.',
  },
  'cell-error': { it: 'La cella contiene un errore (come #N/D) e non un valore.' },
  'too-many-findings': { it: 'I problemi sono troppi: correggere prima questi.' },
  'document-empty': { it: 'Il documento non ha codici di questa edizione.' },
  'heading-empty': { it: 'Il titolo di sezione è vuoto.' },
  'heading-repeated': { it: 'Lo stesso titolo di sezione compare due volte.' },
  'cell-without-code': { it: 'La cella non comincia con un codice della mappa.' },
  'cell-with-two-codes': { it: 'La cella contiene due codici: manca una tabulazione o un a capo.' },
  'column-displaced': { it: 'La voce sta in una colonna diversa da quella del suo livello.' },
  'markup-removed': { it: 'Marcature o spazi nel titolo sono stati tolti.' },
  'parent-not-stated': { it: 'La voce non sta sotto alcun titolo di sezione.' },
  'code-repeated': { it: 'La voce è ripetuta, uguale.' },
  'code-corrected': { it: 'Il codice è corretto secondo la revisione.' },
  'entry-added': { it: 'La voce manca nella fonte ed è aggiunta senza titolo.' },
  'correction-does-not-apply': { it: 'Una correzione non si applica a questo documento.' },
  'differs-from-review': { it: 'Il documento non corrisponde a quanto contato dal revisore.' },
} as const;

export type FileRule = keyof typeof fileRules;
