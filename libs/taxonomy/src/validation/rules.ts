import type { Severity } from '../finding.ts';

/** What a rule holds, for people. Each has a page in `docs/rules`. */
export interface Rule {
  readonly severity: Severity;
  readonly it: string;
  readonly en: string;
}

/** Rules by their id, which never changes its meaning: acknowledgements and other systems refer to it. */
export const rules = {
  'code-form': {
    severity: 'error',
    it: 'Il codice non ha la forma di nessun livello dell’edizione.',
    en: 'The code has the form of no level of the edition.',
  },
  'code-parent': {
    severity: 'error',
    it: 'Il codice colloca la voce sotto un’altra.',
    en: 'The code places the entry below another one.',
  },
  'code-missing': {
    severity: 'error',
    it: 'La voce non ha un codice, e il suo livello li ha.',
    en: 'The entry has no code, and its level has codes.',
  },
  'code-duplicate': {
    severity: 'error',
    it: 'Il codice compare più volte.',
    en: 'The code stands more than once.',
  },
  'code-look-alike': {
    severity: 'error',
    it: 'Due codici si leggono uguali.',
    en: 'Two codes read alike.',
  },
  'parent-missing': {
    severity: 'error',
    it: 'La voce superiore non è nella mappa.',
    en: 'The parent is not in the map.',
  },
  'parent-retired': {
    severity: 'error',
    it: 'La voce superiore cessa, e questa no.',
    en: 'The parent is retired, and this entry is not.',
  },
  'too-deep': {
    severity: 'error',
    it: 'La voce sta più in basso dei livelli dell’edizione.',
    en: 'The entry stands deeper than the edition has levels.',
  },
  'parent-circle': {
    severity: 'error',
    it: 'La voce sta sotto sé stessa.',
    en: 'The entry stands below itself.',
  },
  'title-missing': {
    severity: 'error',
    it: 'Manca il titolo, o quello nella lingua dell’edizione.',
    en: 'The title is missing, or the one in the language of the edition.',
  },
  'text-form': {
    severity: 'error',
    it: 'Il testo è vuoto, o ha marcature, caratteri invisibili o spazi ai bordi, o interruzioni di riga fuori dalle note.',
    en: 'A text is empty, or has markup, invisible characters or spaces at its ends, or line breaks outside notes.',
  },
  'text-too-long': {
    severity: 'error',
    it: 'Un testo supera i 4.000 caratteri.',
    en: 'A text is longer than 4,000 characters.',
  },
  'title-too-long': {
    severity: 'warning',
    it: 'Il titolo è più lungo di quanto accettano alcuni sistemi.',
    en: 'The title is longer than some systems take.',
  },
  'title-duplicate': {
    severity: 'warning',
    it: 'Due voci sotto la stessa hanno lo stesso titolo.',
    en: 'Two entries below one parent have the same title.',
  },
  'numbering-gap': {
    severity: 'warning',
    it: 'Prima di questo codice manca un numero.',
    en: 'Before this code a number is left out.',
  },
  'attribute-form': {
    severity: 'error',
    it: 'Un attributo non corrisponde alla sua definizione.',
    en: 'An attribute is not of its definition.',
  },
  'attribute-hash-changed': {
    severity: 'error',
    it: 'Un attributo entra nell’impronta, o ne esce, mentre lo hanno voci che la bozza non tocca.',
    en: 'An attribute enters the hash, or leaves it, while entries have it that the draft does not touch.',
  },
  'successor-missing': {
    severity: 'error',
    it: 'Il successore non è nella mappa.',
    en: 'The successor is not in the map.',
  },
  'succession-unchanged': {
    severity: 'error',
    it: 'Una voce prende il posto di un’altra, e nessuna delle due cambia.',
    en: 'One entry takes the place of another, and neither of them changes.',
  },
  'history-link-unknown': {
    severity: 'error',
    it: 'Di una voce che l’edizione storica non ha è detto chi l’ha sostituita.',
    en: 'It is said who took the place of an entry that the historical edition does not have.',
  },
  'succession-undecided': {
    severity: 'error',
    it: 'La voce cessa, e nessuno ha deciso chi la sostituisce.',
    en: 'The entry is retired, and nobody decided who takes its place.',
  },
  'ended-by-undoing': {
    severity: 'note',
    it: 'La voce cessa con un annullamento, e nessuno la sostituisce.',
    en: 'The entry ends with an undoing, and nobody takes its place.',
  },
  'back-beside-successor': {
    severity: 'warning',
    it: 'La voce torna accanto a quella che ne aveva preso il posto.',
    en: 'The entry comes back beside the one that took its place.',
  },
  'code-reused': {
    severity: 'warning',
    it: 'Il codice apparteneva a un’altra voce.',
    en: 'The code belonged to another entry.',
  },
  'accounting-year': {
    severity: 'warning',
    it: 'I codici cambiano in un giorno che non è l’inizio di un esercizio.',
    en: 'Codes change on a day that is not the start of an accounting year.',
  },
  'day-passed': {
    severity: 'warning',
    it: 'La mappa varrebbe da un giorno già passato.',
    en: 'The map would count from a day that has passed.',
  },
} satisfies Record<string, Rule>;
export type RuleId = keyof typeof rules;
