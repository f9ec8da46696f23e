import type { ChangeKind } from '#taxonomy';

interface DemoWords {
  readonly kinds: Readonly<Record<ChangeKind, string>>;
  /** Nobody approved what the revision does to targets. */
  readonly unplanned: string;
  readonly broken: string;
  inForce(revision: number, edition: string): string;
  /** @param sandbox the address where everything can be seen */
  watch(sandbox: string): string;
  mended(sandbox: string): string;
}

/** What the commands of the demonstration tell. */
export const words: Readonly<Record<'it' | 'en', DemoWords>> = {
  it: {
    kinds: {
      created: 'nuova',
      reactivated: 'torna',
      retitled: 'titolo cambiato',
      redefined: 'note cambiate',
      renumbered: 'codice cambiato',
      moved: 'spostata',
      'attributes-changed': 'attributi cambiati',
      reordered: 'ordine cambiato',
      retired: 'cessata',
    },
    unplanned: `
Il connettore non ha risposto: nessuno ha approvato che cosa comporta per i sistemi collegati, e gli invii di questa revisione non si confrontano con nulla.`,
    broken: `Il CRM risponde 503 a tutto per 10 minuti, o fino a: npm run demo:mend

Ora cambiare la mappa (npm run demo:revision) e guardare (npm run status): il protocollo e il sistema del personale seguono
subito, il CRM diventa irraggiungibile e viene cercato di nuovo dopo 1 s, 5 s, 30 s … Quando è riparato riceve tutto ciò che ha perso.`,
    inForce: (revision, edition) =>
      `La revisione ${revision} (${edition}) è in vigore. Che cosa ha cambiato:\n`,
    watch: (sandbox) => `\nPer seguirla: npm run status, oppure ${sandbox}`,
    mended: (
      sandbox,
    ) => `Il CRM risponde di nuovo. Il connettore riprova subito (lo avrebbe fatto da sé, più tardi), e il CRM si riallinea.

Per seguirlo: npm run status. Che cosa contiene il CRM: ${sandbox}`,
  },
  en: {
    kinds: {
      created: 'created',
      reactivated: 'reactivated',
      retitled: 'retitled',
      redefined: 'redefined',
      renumbered: 'renumbered',
      moved: 'moved',
      'attributes-changed': 'attributes-changed',
      reordered: 'reordered',
      retired: 'retired',
    },
    unplanned: `
The connector did not answer, so nobody approved what this does to targets: the guard compares nothing of this revision.`,
    broken: `The CRM answers 503 to everything for 10 minutes, or until: npm run demo:mend

Now change the map (npm run demo:revision) and watch (npm run status): the records and HR systems follow at once, the
CRM becomes unreachable and is asked again after 1 s, 5 s, 30 s … Everything that it missed arrives when it is mended.`,
    inForce: (revision, edition) => `Revision ${revision} (${edition}) is in force. What it changed:\n`,
    watch: (sandbox) => `\nWatch it arrive: npm run status, or ${sandbox}`,
    mended: (
      sandbox,
    ) => `The CRM answers again. The connector was told to try again now (it would have by itself, later), and the CRM catches up.

Watch it: npm run status. What the CRM holds: ${sandbox}`,
  },
};
