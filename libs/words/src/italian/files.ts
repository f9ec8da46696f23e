/** What readers of files find. */
export const files: Readonly<Record<string, string>> = {
  'Reading stopped after {0} errors; mend these first.':
    'La lettura si è fermata dopo {0} errori; correggere prima questi.',
  'The document has no table, and entries are read from tables.':
    'Il documento non ha alcuna tabella, e le voci si leggono dalle tabelle.',
  'The file holds no entry.': 'Il file non contiene alcuna voce.',
  'Further notes and warnings that are left out: {0}.': 'Altre note e avvisi tralasciati: {0}.',
  'Line {0} or one soon after has bytes that are not UTF-8 text; save the file as UTF-8.':
    'La riga {0}, o una poco dopo, ha byte che non sono testo UTF-8; salvare il file come UTF-8.',
  'A PDF holds pages, not rows, so nothing can be read from it with certainty. Ask its publisher for the table as XLSX, CSV or DOCX, or copy its tables into one.':
    'Un PDF contiene pagine, non righe, e non se ne può leggere nulla con certezza. Chiedere la tabella come XLSX, CSV o DOCX a chi lo pubblica, oppure copiare le tabelle del PDF in un file di questi tipi.',
  'This is an old Office file (.xls, .doc), or one that is protected with a password. Open it and save it as XLSX, CSV or DOCX without a password.':
    'Questo è un vecchio file d’ufficio (.xls, .doc), o uno protetto da password. Aprirlo e salvarlo come XLSX, CSV o DOCX senza password.',
  'This is an RTF file. Open it and save it as DOCX.': 'Questo è un file RTF. Aprirlo e salvarlo come DOCX.',
  'This is a compressed file (gzip). Unpack it, and import the file inside.':
    'Questo è un file compresso (gzip). Estrarlo, e importare il file che contiene.',
  'This is an archive. Unpack it, and import the file inside.':
    'Questo è un archivio. Estrarlo, e importare il file che contiene.',
  'This is a text in UTF-32, which hardly any program reads. Save it as UTF-8.':
    'Questo è un testo in UTF-32, che quasi nessun programma legge. Va salvato in UTF-8.',
  'This is a picture. The table itself is needed, as XLSX, CSV or DOCX.':
    'Questa è un’immagine. Serve la tabella stessa, come XLSX, CSV o DOCX.',
  'it has more than {0} parts': 'ha più di {0} parti',
  'it unpacks to more than {0} MB': 'si espande oltre {0} MB',
  'The file lacks its part {0}.': 'Al file manca la sua parte {0}.',
  'The file is protected with a password. Save it without one.':
    'Il file è protetto da password. Salvarlo senza.',
  'a part of it unpacks to more than {0} times its size':
    'una sua parte si espande oltre {0} volte la sua dimensione',
  'The file is not read, because {0}.': 'Il file non viene letto, perché {0}.',
  'The file is damaged. Open it and save it again. Its reader says: "{0}"':
    'Il file è danneggiato. Aprirlo e salvarlo di nuovo. Il lettore dice (in inglese): «{0}»',
  'The file has a document type inside, which no Office program writes.':
    'Il file contiene una dichiarazione DOCTYPE, che nessun programma d’ufficio scrive.',
  'The file is damaged inside. Open it and save it again. Its reader says: "{0}"':
    'Il file è danneggiato al suo interno. Aprirlo e salvarlo di nuovo. Il lettore dice (in inglese): «{0}»',
  'Elements of the file are nested too deep.': 'Gli elementi del file sono annidati troppo in profondità.',
  'A part of the file is not UTF-8.': 'Una parte del file non è UTF-8.',
  'A text in the file is longer than {0} characters.': 'Un testo nel file è più lungo di {0} caratteri.',
  'This ZIP file is not an XLSX workbook. Unpack it, and import the file inside.':
    'Questo file ZIP non è una cartella di lavoro XLSX. Estrarlo, e importare il file che contiene.',
  'This ZIP file is not a DOCX document. Unpack it, and import the file inside.':
    'Questo file ZIP non è un documento DOCX. Estrarlo, e importare il file che contiene.',
  'This is an XLSX workbook: import it with the format "xlsx".':
    'Questa è una cartella di lavoro XLSX: importarla con il formato "xlsx".',
  'This is a DOCX document: import it with the format "docx".':
    'Questo è un documento DOCX: importarlo con il formato "docx".',
  'This is a binary workbook (.xlsb). Open it and save it as XLSX.':
    'Questa è una cartella di lavoro binaria (.xlsb). Aprirla e salvarla come XLSX.',
  'This is a presentation. The table itself is needed, as XLSX, CSV or DOCX.':
    'Questa è una presentazione. Serve la tabella stessa, come XLSX, CSV o DOCX.',
  'This is an OpenDocument file (.ods, .odt). Open it and save it as XLSX, CSV or DOCX.':
    'Questo è un file OpenDocument (.ods, .odt). Aprirlo e salvarlo come XLSX, CSV o DOCX.',
  'The file is larger than {0} MB.': 'Il file è più grande di {0} MB.',
  'The texts of the workbook are too many.': 'I testi della cartella di lavoro sono troppi.',
  'The cell holds no value ({0}).': 'La cella non contiene un valore ({0}).',
  'The sheet has more than {0} columns.': 'Il foglio ha più di {0} colonne.',
  'The sheet is not inside the file.': 'Il foglio non è dentro il file.',
  'The workbook refers to other files; they are not read, and the values that it last had are taken.':
    'La cartella di lavoro rinvia ad altri file, che non vengono letti: valgono gli ultimi valori.',
  'The workbook has no sheet.': 'La cartella di lavoro non ha fogli.',
  'The column "{0}" ends with "{1}", which is no type of an attribute; write one of {2}, or none.':
    'La colonna "{0}" finisce con "{1}", che non è un tipo di attributo; scrivere uno tra {2}, o nessuno.',
  'There is no sheet "{0}". There are: {1}.': 'Non c’è alcun foglio "{0}". Ci sono: {1}.',
  'This is no text with separators: it begins like an XLSX or DOCX file. Import it with the format "xlsx" or "docx".':
    'Questo non è un testo con separatori: comincia come un file XLSX o DOCX. Va importato con il formato "xlsx" o "docx".',
  'The file is said to be Windows-1252, but its letters beyond ASCII read as UTF-8: check them, or leave the encoding out.':
    'Il file è indicato come Windows-1252, ma le sue lettere fuori dall’ASCII si leggono come UTF-8: controllarle, o non indicare la codifica.',
  'The file is not UTF-8; it is read as Windows-1252. Check its accented letters, or state the encoding.':
    'Il file non è UTF-8: è letto come Windows-1252. Controllare le lettere accentate, o indicare la codifica.',
  'The cell is longer than {0} characters.': 'La cella è più lunga di {0} caratteri.',
  'The cell has characters that cannot be read or stored; is the encoding of the file another one?':
    'La cella ha caratteri che non si possono leggere o conservare: forse la codifica del file è un’altra.',
  '"{0}" is not a whole number ({1}).': '"{0}" non è un numero intero ({1}).',
  '"{0}" is not true or false (vero, falso) ({1}).': '"{0}" non è vero o falso (true, false) ({1}).',
  'There is a short title without an official one ({0}).':
    'C’è un titolo breve senza quello ufficiale ({0}).',
  'The row has neither a code nor a title.': 'La riga non ha né codice né titolo.',
  '"{0}" is not a concept id.': '"{0}" non è l’identificativo di un concetto.',
  '"{0}" is not a whole number.': '"{0}" non è un numero intero.',
  '"{0}" is none of "cessare", "eliminare", "mantenere" (retire, keep).':
    '"{0}" non è né "cessare", né "eliminare", né "mantenere" (retire, keep).',
  'The code {0} is held as a number, which drops zeros; format the column as text.':
    'Il codice {0} è un numero, che perde gli zeri; dare alla colonna il formato testo.',
  'The column "{0}" is not known and is not read.': 'La colonna "{0}" non è conosciuta e non viene letta.',
  'Columns {0} and {1} both hold "{2}".': 'Le colonne {0} e {1} contengono entrambe "{2}".',
  'A cell is merged over {0} rows, but each row is an entry of its own. Undo it, and fill every row.':
    'Una cella è unita su {0} righe, ma ogni riga è una voce. Dividerla, e compilare ogni riga.',
  'A cell is merged over columns. Undo it, and fill each column.':
    'Una cella è unita su più colonne. Dividerla, e compilare ogni colonna.',
  'There are more than {0} statements of {1}.': 'Ci sono più di {0} affermazioni su {1}.',
  'A text of {0} is longer than {1} characters.': 'Un testo di {0} è più lungo di {1} caratteri.',
  'A context is longer than {0} characters': 'Un contesto è più lungo di {0} caratteri',
  'The term "{0}" has a context of its own': 'Il termine "{0}" ha un contesto proprio',
  'A context stands within a node': 'Un contesto sta dentro un nodo',
  '@nest is used, which is not read': 'È usato @nest, che non viene letto',
  'A container {0} is used, which is not read': 'È usato un contenitore {0}, che non viene letto',
  '@set is used, which is not read': 'È usato @set, che non viene letto',
  '"@context" stands after a long "@graph"; put it before':
    '"@context" sta dopo un lungo "@graph"; metterlo prima',
  'it is no JSON': 'non è JSON',
  'The file needs the context {0}, and nothing is fetched; put the context into the file.':
    'Il file ha bisogno del contesto {0}, e nulla viene scaricato; mettere il contesto nel file.',
  'The file is not JSON-LD that can be read: {0} (line {1}).':
    'Il file non è JSON-LD che si possa leggere: {0} (riga {1}).',
  'The file is not Turtle: the prefix {0} is used and not declared.':
    'Il file non è Turtle: il prefisso {0} è usato e non dichiarato.',
  'The file is not Turtle, in the words of its reader: "{0}"':
    'Il file non è Turtle; il lettore dice (in inglese): «{0}»',
  'Something that begins after line {0} has no end within {1} characters; is a quotation mark lost?':
    'Qualcosa che comincia dopo la riga {0} non ha fine entro {1} caratteri; manca una virgoletta?',
  '"{0}" of {1} is not a language tag.': '"{0}" di {1} non è un codice di lingua.',
  '{0} has {1} preferred labels in "{2}".': '{0} ha {1} etichette preferite in "{2}".',
  '{0} has {1} short titles in "{2}".': '{0} ha {1} titoli brevi in "{2}".',
  '{0} has a short title in "{1}" and no other.': '{0} ha un titolo breve in "{1}" e nessun altro.',
  'The rank of {0} is not a whole number.': 'L’ordine di {0} non è un numero intero.',
  '{0} has two values for one attribute.': '{0} ha due valori per un attributo.',
  '{0} has {1} concept ids.': '{0} ha {1} identificativi di concetto.',
  '"{0}" of {1} is not a concept id.': '"{0}" di {1} non è l’identificativo di un concetto.',
  '{0} has {1} notations, {2}; one of them must be its code.':
    '{0} ha {1} notazioni, {2}; una deve essere il suo codice.',
  'The file holds {0} schemes; state which to read: {1}.':
    'Il file contiene {0} schemi; dire quale leggere: {1}.',
  'Concepts that are marked as deprecated and left out: {0}.':
    'Concetti segnati come superati e tralasciati: {0}.',
  '{0} has no broader concept and is no top concept; it is placed at the top.':
    '{0} non ha un concetto superiore e non è tra quelli in cima; è collocato in cima.',
  'One statement with {0} has no place in the map and is left out.':
    'Un’affermazione con {0} non ha posto nella mappa ed è tralasciata.',
  '{0} statements with {1} have no place in the map and are left out.':
    '{0} affermazioni con {1} non hanno posto nella mappa e sono tralasciate.',
  '{0} has {1} broader concepts; a map is a tree.': '{0} ha {1} concetti superiori; una mappa è un albero.',
  'The broader concept {0} of {1} is not in the file.': 'Il concetto superiore {0} di {1} non è nel file.',
  'The code {0} of {1} belongs to another concept too.':
    'Il codice {0} di {1} appartiene anche a un altro concetto.',
  'The concept id {0} of {1} belongs to another concept too.':
    'L’identificativo {0} di {1} appartiene anche a un altro concetto.',
  '{0} concepts stand below themselves: {1} …': '{0} concetti stanno sotto se stessi: {1} …',
  'The file speaks of more than a million resources.': 'Il file parla di oltre un milione di risorse.',
  'The text is larger than {0} MB.': 'Il testo è più grande di {0} MB.',
  'An entry': 'Una voce',
  'An entry is broken.': 'Una voce non è leggibile.',
  '{0}, {1}: {2}': '{0}, {1}: {2}',
  '{0}: {1}': '{0}: {1}',
  'An entry has neither a concept id nor a code nor a title.':
    'Una voce non ha né identificativo di concetto, né codice, né titolo.',
  'The file is not an export in JSON: {0}.': 'Il file non è un’esportazione in JSON: {0}.',
  '{0} stands already on line {1}.': '{0} è già alla riga {1}.',
  'it has no array "entries"': 'non ha un elenco "entries"',
  'it is cut off': 'è troncato',
  'an entry is longer than {0} characters': 'una voce è più lunga di {0} caratteri',
  'what stands outside of "{0}" is longer than {1} characters':
    'ciò che sta fuori di "{0}" è più lungo di {1} caratteri',
  'it nests deeper than {0} levels': 'è annidato oltre {0} livelli',
  '"{0}" closes nothing': '"{0}" non chiude nulla',
  'The row cannot be read. Its reader says: "{0}"':
    'La riga non si può leggere. Il lettore dice (in inglese): «{0}»',
  'A quotation mark is opened and never closed.': 'Una virgoletta è aperta e mai chiusa.',
  'After a closing quotation mark there must be a separator or the end of the row; a quotation mark inside a text is written twice.':
    'Dopo una virgoletta di chiusura ci vuole un separatore o la fine della riga; una virgoletta dentro un testo si scrive due volte.',
  'A quotation mark stands inside a text that is not in quotation marks.':
    'Una virgoletta sta dentro un testo che non è tra virgolette.',
  'A row is longer than {0} characters; reading stopped there. Is a quotation mark not closed?':
    'Una riga è più lunga di {0} caratteri; la lettura si è fermata lì. Una virgoletta non è chiusa?',
  'The row has more than {0} columns; reading stopped there.':
    'La riga ha più di {0} colonne; la lettura si è fermata lì.',
  'This is no XLSX or DOCX file, whatever its name says: it does not begin like one. A text with separators is imported with the format "csv".':
    'Questo non è un file XLSX o DOCX, qualunque sia il suo nome: non comincia come tale. Un testo con separatori si importa con il formato "csv".',
  'The column "{0}" would hold titles in the language "{1}", which is no tag of a language; write "it" or "en", such as "titolo [it]".':
    'La colonna "{0}" conterrebbe titoli nella lingua "{1}", che non è un codice di lingua; scrivere "it" o "en", come "titolo [it]".',
  'The row has more cells than the header, which has {0}. In a CSV a text that holds the separator stands in quotes.':
    'La riga ha più celle dell’intestazione, che ne ha {0}. In un CSV un testo che contiene il separatore va tra virgolette.',
  'The spreadsheet holds a date here, not a text ({0}). Format the column as text and type it anew.':
    'Il foglio di calcolo ha qui una data, non un testo ({0}). Dare alla colonna il formato testo e riscriverlo.',
  'The cell holds a formula without its result. Open the file in a spreadsheet, which computes it, and save it again.':
    'La cella contiene una formula senza il suo risultato. Aprire il file in un foglio di calcolo, che la calcola, e salvarlo di nuovo.',
  'No header was found; the first row is {0}. A header names its columns, such as "codice", "titolo" and "padre" (or "code", "title", "parent"), or the levels of the edition, one a column.':
    'Manca l’intestazione; la prima riga è {0}. Un’intestazione nomina le colonne, come "codice", "titolo" e "padre" (o "code", "title", "parent"), o i livelli dell’edizione, uno per colonna.',
  '{0} The workbook has other sheets, which the option "sheet" names: {1}.':
    '{0} La cartella ha altri fogli, che l’opzione "sheet" nomina: {1}.',
};
