/** What rules of the map find. */
export const map: Readonly<Record<string, string>> = {
  '{0} stands {1} times in the map.': 'Il codice {0} compare {1} volte nella mappa.',
  '{0} reads like another code, {1}.': '{0} si legge come un altro codice, {1}.',
  '{0} reads like another code, {1}: sign {2} of the first is {3}.':
    '{0} si legge come un altro codice, {1}: il carattere {2} del primo è {3}.',
  '{0} reads like another code, {1}: sign {2} of the second is {3}.':
    '{0} si legge come un altro codice, {1}: il carattere {2} del secondo è {3}.',
  'The edition takes the attribute {0} into the hash; entries that have it and that this draft does not touch: {1}.':
    'L’edizione fa entrare l’attributo {0} nell’impronta; voci che lo hanno e che questa bozza non tocca: {1}.',
  'The edition takes the attribute {0} out of the hash; entries that have it and that this draft does not touch: {1}.':
    'L’edizione toglie l’attributo {0} dall’impronta; voci che lo hanno e che questa bozza non tocca: {1}.',
  '"{0}" is not a code of this edition.': '"{0}" non è un codice di questa edizione.',
  '{0} stands below {1}, but by its code it stands at the top.':
    '{0} sta sotto {1}, ma secondo il suo codice sta in cima.',
  '{0} stands below no code, but its code places it below {1}.':
    '{0} non sta sotto alcun codice, ma il suo codice lo colloca sotto {1}.',
  '{0} stands below {1}, but its code places it below {2}.':
    '{0} sta sotto {1}, ma il suo codice lo colloca sotto {2}.',
  '{0} stands below {1}, which is no level above it.':
    '{0} sta sotto {1}, che non è di un livello superiore.',
  '{0} goes on, but {1} above it is retired.': '{0} continua, ma {1}, che gli sta sopra, cessa.',
  'The parent of {0} is not in the map.': 'La voce superiore di {0} non è nella mappa.',
  '{0} stands deeper than the edition has levels.': '{0} sta più in basso dei livelli dell’edizione.',
  '{0} stands below itself.': '{0} sta sotto se stessa.',
  '{0} stands below {1}, which stands below itself.': '{0} sta sotto {1}, che sta sotto se stessa.',
  '{0} has no code, and entries of its level have one.':
    '{0} non ha un codice, e le voci del suo livello ne hanno uno.',
  'Before {0} a number is left out.': 'Prima di {0} manca un numero.',
  '{0} has the same title ({1}) as {2}.': '{0} ha lo stesso titolo ({1}) di {2}.',
  '{0}, {1}: it has {2} characters; some systems take {3}.':
    '{0}, {1}: ha {2} caratteri; alcuni sistemi ne accettano {3}.',
  '{0} has no title.': '{0} non ha un titolo.',
  '{0} has no title: it is missing in the source.': '{0} non ha un titolo: manca nella fonte.',
  '{0}, {1}: it has {2} characters; the longest may have {3}.':
    '{0}, {1}: ha {2} caratteri; può averne al massimo {3}.',
  'The attribute {0} of {1} is none of {2}.': 'L’attributo {0} di {1} non è tra {2}.',
  'The attribute {0} of {1} is not of type {2}.': 'L’attributo {0} di {1} non è del tipo {2}.',
  'The attribute {0} of {1} is not defined by the edition.':
    'L’attributo {0} di {1} non è definito dall’edizione.',
  '{0} is retired, and nobody decided who takes its place.':
    '{0} cessa, e nessuno ha deciso chi lo sostituisce.',
  '{0} belonged to {1} before, in this edition too, and means something else from this revision on: only in a draft that brings an edition would its label tell the two apart.':
    '{0} apparteneva prima a {1}, anche in questa edizione, e da questa revisione indica un’altra cosa: solo in una bozza che porta un’edizione la sua etichetta distinguerebbe i due significati.',
  '{0} belonged to {1} before, and means something else from this revision on.':
    '{0} apparteneva prima a {1}, e da questa revisione indica un’altra cosa.',
  'another entry': 'un’altra voce',
  '"{0}"': '«{0}»',
  '"{0}" (now {1})': '«{0}» (ora {1})',
  '{0} is not in revision {1}, and nobody decided who takes its place.':
    '{0} non è nella revisione {1}, e nessuno ha deciso chi lo sostituisce.',
  '{0} is {1} in this historical edition, and means something else from revision {2} on.':
    '{0} in questa edizione storica è {1}, e dalla revisione {2} in poi indica un’altra cosa.',
  'The successor {0} is not in revision {1}.': 'Il successore {0} non è nella revisione {1}.',
  'It is said who took the place of {0}, and this historical edition does not have it. Decide again what became of its entries, or bring it back.':
    'È detto chi ha sostituito {0}, e questa edizione storica non la contiene. Decidere di nuovo che cosa è stato delle sue voci, o rimetterla.',
  'The entry has ended in the map, and a draft does not take back who took its place there. Take theirs; then say in the draft what becomes of those.':
    'La voce è cessata nella mappa, e una bozza non revoca chi l’ha sostituita. Prendere quanto dice la mappa (theirs); poi dire nella bozza che cosa è di quelle voci.',
  '{0} ends with this undoing, and nobody takes its place.':
    '{0} cessa con questo annullamento, e nessuno la sostituisce.',
  'The successor {0} is not in the map that this draft makes.':
    'Il successore {0} non è nella mappa che questa bozza crea.',
  '{0} comes back beside {1}, which took its place when it ended: of a record with its old code a person must say which one it means. If it takes its place back, name them as its predecessors.':
    '{0} torna accanto a {1}, che ne aveva preso il posto quando è cessata: di una registrazione con il vecchio codice una persona deve dire quale intende. Se riprende il suo posto, indicare queste come sue voci precedenti.',
  '{0} is to take the place of {1} or a part of it, and the draft changes neither of them.':
    '{0} dovrebbe prendere il posto di {1} o di una sua parte, e la bozza non cambia nessuna delle due.',
  'One code changes on {0}, which is not the start of an accounting year.':
    'Un codice cambia il {0}, che non è l’inizio di un esercizio.',
  '{0} codes change on {1}, which is not the start of an accounting year.':
    '{0} codici cambiano il {1}, che non è l’inizio di un esercizio.',
  'The map would count from {0}, a day that has passed: codes that were in use since then and are not in it would be told as retired or unknown.':
    'La mappa varrebbe dal {0}, un giorno già passato: i codici in uso da allora che non contiene risulterebbero cessati o sconosciuti.',
  '{0} has no title in the official language ({1}).': '{0} non ha un titolo nella lingua ufficiale ({1}).',
  'it is empty': 'è vuoto',
  'it begins or ends with a space': 'comincia o finisce con uno spazio',
  '"{0}" is markup, at sign {1}': '"{0}" è marcatura, al carattere {1}',
  'it has a line break at sign {0}': 'ha un’interruzione di riga al carattere {0}',
  'it has the invisible character {0} at sign {1}': 'ha un carattere invisibile, {0}, al carattere {1}',
  'a letter and its accent stand apart at sign {0} (type the letter anew)':
    'al carattere {0} una lettera e il suo accento sono separati (riscrivere la lettera)',
  '{0}, {1}: {2}.': '{0}, {1}: {2}.',
  'the title ({0})': 'il titolo ({0})',
  'the short title ({0})': 'il titolo breve ({0})',
  '{0} ({1})': '{0} ({1})',
  'what it includes': 'ciò che comprende',
  'what it excludes': 'ciò che esclude',
  'its guidance': 'le indicazioni',
  'the attribute {0}': 'l’attributo {0}',
  '"{0}" is not a code of this edition, {1} is: sign {2} is {3}, not "{4}".':
    '"{0}" non è un codice di questa edizione, {1} lo è: il carattere {2} è {3}, non "{4}".',
};
