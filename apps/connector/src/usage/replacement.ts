import type { Replacement, Successor } from './schemas.ts';

/** What to tag with instead of a record that is out of use. It never picks one of several. */
export function replacementOf(successors: readonly Successor[], isKnown: boolean): Replacement {
  const [only] = successors;
  const codes = successors.map(({ code }) => code).join(', ');
  if (!isKnown) return { is: 'not-known', successors: [], advice: notKnown };
  if (!only) return { is: 'none', successors: [], advice: nothing };
  if (successors.length > 1) return { is: 'choice', successors: [...successors], advice: choice(codes) };
  return { is: 'one', successors: [only], advice: { it: `Usare ${codes}.`, en: `Use ${codes}.` } };
}

const notKnown = {
  it: 'Non si sa ancora che cosa ne prende il posto: riprovare tra poco.',
  en: 'What takes its place is not known yet: try again soon.',
};
const nothing = {
  it: 'Nulla ne prende il posto: va deciso caso per caso.',
  en: 'Nothing takes its place: decide case by case.',
};
const choice = (codes: string): Replacement['advice'] => ({
  it: `Serve una scelta, caso per caso, tra ${codes}.`,
  en: `A choice is needed, case by case, between ${codes}.`,
});
