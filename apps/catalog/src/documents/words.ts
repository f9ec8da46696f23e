import type { Language } from '#words';

export type { Language } from '#words';

/** What documents say, in Italian and English. */
export interface Words {
  readonly notesTitle: string;
  readonly from: string;
  readonly to: string;
  readonly hash: string;
  readonly revision: string;
  readonly inForceFrom: string;
  readonly entries: string;
  readonly reusedTitle: string;
  readonly reusedIntro: string;
  readonly was: string;
  readonly isNow: string;
  readonly nowIn: string;
  readonly below: string;
  readonly because: string;
  readonly becomes: string;
  readonly newTitle: string;
  readonly notesChanged: string;
  readonly attributesChanged: string;
  readonly orderChanged: string;
  readonly noSuccessor: string;
  readonly reason: string;
  readonly untitled: string;
  readonly continues: string;
  readonly partEnds: string;
  readonly wholeMap: string;
  readonly comparable: (level: string) => string;
  readonly nothing: string;
  readonly top: string;
  readonly sections: Readonly<Record<SectionName, Section>>;
  readonly outcomes: Readonly<Record<Outcome, string>>;
  readonly concordance: string;
  readonly columns: readonly string[];
  readonly yes: string;
}

/** Title, introduction, and what is counted: one of it, and several. */
type Section = readonly [title: string, intro: string, one: string, many: string];
export type SectionName = 'created' | 'successions' | 'retired' | 'relocated' | 'retitled' | 'others';
export type Outcome =
  'unchanged' | 'retitled' | 'renumbered' | 'replaced' | 'split' | 'merged' | 'regrouped' | 'retired';

const it: Words = {
  notesTitle: 'Che cosa cambia',
  from: 'Da',
  to: 'A',
  hash: 'Impronta del contenuto (SHA-256)',
  revision: 'versione',
  inForceFrom: 'in vigore dal',
  entries: 'voci',
  reusedTitle: 'Attenzione: codici che ora indicano un’altra cosa',
  reusedIntro:
    'Questi codici esistevano già, ma da questa versione indicano un’attività diversa. Chi li usa nei propri archivi deve distinguere prima e dopo.',
  was: 'Prima',
  isNow: 'Ora',
  nowIn: 'si trova ora in',
  below: 'sotto',
  because: 'Insieme cambiano codice',
  becomes: 'diventa',
  newTitle: 'Titolo precedente',
  notesChanged: 'Cambiano le note (che cosa comprende, che cosa esclude, indicazioni).',
  attributesChanged: 'Cambiano gli attributi',
  orderChanged: 'Cambia la posizione tra le voci vicine.',
  noSuccessor: 'Nessuna voce ne prende il posto.',
  reason: 'Motivo',
  untitled: '[titolo mancante nel documento]',
  continues: 'continua',
  partEnds: 'una parte che cessa senza successore',
  wholeMap: 'solo sull’intera mappa',
  comparable: (level) => `Dati confrontabili con il passato ${level}.`,
  nothing: 'Nessuna differenza.',
  top: 'nessuna voce',
  sections: {
    created: ['Voci nuove', 'Non esistevano e non prendono il posto di altre.', 'voce nuova', 'voci nuove'],
    successions: [
      'Voci sostituite, divise o unite',
      'A sinistra le voci di prima, a destra quelle che ne prendono il posto.',
      'sostituzione, divisione o unione di voci',
      'sostituzioni, divisioni o unioni di voci',
    ],
    retired: [
      'Voci cessate',
      'Non fanno più parte della mappa. I codici restano leggibili nelle versioni precedenti.',
      'voce cessata',
      'voci cessate',
    ],
    relocated: [
      'Codici e posizioni cambiati',
      'È la stessa attività, con un altro codice o sotto un’altra voce.',
      'voce con codice o posizione cambiati',
      'voci con codice o posizione cambiati',
    ],
    retitled: [
      'Titoli cambiati',
      'Stesso codice o stessa attività, altre parole.',
      'titolo cambiato',
      'titoli cambiati',
    ],
    others: ['Altre variazioni', 'Note, attributi e ordine.', 'altra variazione', 'altre variazioni'],
  },
  outcomes: {
    unchanged: 'invariato',
    retitled: 'stesso codice, titolo cambiato',
    renumbered: 'ricodificato',
    replaced: 'sostituito',
    split: 'diviso',
    merged: 'unito',
    regrouped: 'riorganizzato',
    retired: 'cessato',
  },
  concordance: 'Tabella di raccordo',
  columns: [
    'codice precedente',
    'titolo precedente',
    'esito',
    'codice nuovo',
    'titolo nuovo',
    'il codice precedente ora indica',
    'id voce precedente',
    'id voce nuova',
  ],
  yes: 'sì',
};

const en: Words = {
  notesTitle: 'What changes',
  from: 'From',
  to: 'To',
  hash: 'Content hash (SHA-256)',
  revision: 'revision',
  inForceFrom: 'in force from',
  entries: 'entries',
  reusedTitle: 'Mind: codes that now mean something else',
  reusedIntro:
    'These codes existed before, but from this revision they mean another activity. Whoever uses them in records must tell before from after.',
  was: 'Before',
  isNow: 'Now',
  nowIn: 'is now in',
  below: 'below',
  because: 'Codes that change with it',
  becomes: 'becomes',
  newTitle: 'Title before',
  notesChanged: 'The notes change (what it includes, what it excludes, guidance).',
  attributesChanged: 'Attributes change',
  orderChanged: 'Its place among its neighbours changes.',
  noSuccessor: 'No entry takes its place.',
  reason: 'Reason',
  untitled: '[title missing in the document]',
  continues: 'goes on',
  partEnds: 'a part that ends without a successor',
  wholeMap: 'only over the whole map',
  comparable: (level) => `Data can be compared with the past ${level}.`,
  nothing: 'No difference.',
  top: 'no entry',
  sections: {
    created: ['New entries', 'They did not exist and take nobody’s place.', 'new entry', 'new entries'],
    successions: [
      'Entries replaced, split or merged',
      'On the left the entries before, on the right those that take their place.',
      'replacement, split or merger of entries',
      'replacements, splits or mergers of entries',
    ],
    retired: [
      'Retired entries',
      'No longer part of the map. Their codes can still be read in earlier revisions.',
      'retired entry',
      'retired entries',
    ],
    relocated: [
      'Codes and places that change',
      'The same activity, with another code or below another entry.',
      'entry with another code or place',
      'entries with another code or place',
    ],
    retitled: [
      'Titles that change',
      'The same activity in other words.',
      'title that changes',
      'titles that change',
    ],
    others: ['Other changes', 'Notes, attributes and order.', 'other change', 'other changes'],
  },
  outcomes: {
    unchanged: 'unchanged',
    retitled: 'same code, title changed',
    renumbered: 'renumbered',
    replaced: 'replaced',
    split: 'split',
    merged: 'merged',
    regrouped: 'regrouped',
    retired: 'retired',
  },
  concordance: 'Old and new codes',
  columns: [
    'old code',
    'old title',
    'outcome',
    'new code',
    'new title',
    'old code now means',
    'old concept id',
    'new concept id',
  ],
  yes: 'yes',
};

export const words: Readonly<Record<Language, Words>> = { it, en };
