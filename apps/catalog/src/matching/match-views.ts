import type { MatchAnswer, MatchReport, MissingAnswer } from '#contracts';
import type { ConceptId, RetiredMatch, RowMatch, Tie } from '#taxonomy';
import { spoken, type Language } from '#words';
import { asksToEnd } from '../imports/imported-row.ts';
import { titleIn } from '../reading/title-in.ts';
import type { MatchedImport } from './load-matching.ts';
import { aboutRow, type MatchProblem } from './match-problem.ts';

interface MatchViews {
  readonly row: (match: RowMatch) => MatchAnswer;
  readonly missing: (match: RetiredMatch) => MissingAnswer;
}

const known = new WeakMap<MatchedImport, MatchViews>();

/** Rows and concepts of a matching as the API shows them; what that takes of all rows is gathered once for all its pages. */
export function matchViews(matched: MatchedImport): MatchViews {
  let views = known.get(matched);
  if (!views) known.set(matched, (views = viewsOf(matched)));
  return views;
}

function viewsOf({ problem, fixed }: MatchedImport): MatchViews {
  const staying = problem.rows.filter((row) => !asksToEnd(row));
  const lines = new Map(staying.map(({ key, line }) => [key, line ?? null]));
  const asked = new Map(staying.map((row) => [row.key, row.asked ?? null]));
  const concept = (id: ConceptId) => conceptView(problem, id);
  const tie = ({ conceptId, rowId, score, evidence }: Tie) => ({
    ...concept(conceptId),
    row: rowId,
    score,
    evidence: [...evidence],
  });
  const named = (key: string) => {
    const about = aboutRow(problem, key);
    return { row: key, line: lines.get(key) ?? null, code: about?.code ?? null, title: about?.title ?? '' };
  };
  return {
    row: ({ rowId, how, conceptId, labels, proposals, origins }) => {
      const entry = problem.entries.get(rowId);
      const decided = fixed.rows.get(rowId) ?? conceptId;
      return {
        row: rowId,
        line: lines.get(rowId) ?? null,
        code: entry?.code ?? null,
        title: entry ? titleIn(entry.titles, problem.edition.source.language) : '',
        how,
        concept: decided && concept(decided),
        labels: [...labels],
        proposals: proposals.map(({ conceptId: id, score, evidence }) => ({
          concept: id && concept(id),
          score,
          evidence: [...evidence],
        })),
        asked: asked.get(rowId) ?? null,
        origins: origins.map(tie),
      };
    },
    missing: ({ conceptId, how, shape, successors }) => ({
      ...concept(conceptId),
      how,
      shape,
      asked: problem.asked.has(conceptId),
      reason: problem.asked.get(conceptId) || null,
      successors: successors.map(({ rowId, score, evidence }) => ({
        ...named(rowId),
        score,
        evidence: [...evidence],
      })),
    }),
  };
}

function conceptView({ base, edition }: MatchProblem, conceptId: ConceptId) {
  const entry = base.get(conceptId);
  return {
    conceptId,
    code: entry?.code ?? null,
    title: entry ? titleIn(entry.titles, edition.source.language) : '',
  };
}

/** How far the decisions are, and each of them with who took it, when and why. */
export function matchReport({ matching, decisions, lapsed }: MatchedImport, language: Language): MatchReport {
  const count = (how: RowMatch['how']) => matching.rows.filter((row) => row.how === how).length;
  return {
    rows: matching.rows.length,
    fixed: count('fixed'),
    automatic: count('automatic'),
    open: count('open'),
    missing: matching.retired.length,
    missingDecided: matching.retired.filter(({ how }) => how === 'fixed').length,
    decisions: [...decisions.values()].map((record) => ({
      subject: record.subject,
      decision: { ...record.decision },
      act: record.act && { ...record.act },
      why: record.why,
      decidedBy: record.decidedBy,
      decidedAt: new Date(record.decidedAt).toISOString(),
      lapsed: spoken(lapsed.get(record.subject) ?? null, language),
    })),
  };
}
