import { globSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { italian } from './italian/index.ts';
import { reasons } from './italian/reasons.ts';

/** English of every sentence in the source: what stands behind `say`, and what schemas of ours say. */
function sentencesOf(file: string): string[] {
  const source = readFileSync(file, 'utf8');
  if (!/say`|\bz\b/.test(source)) return [];
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isTaggedTemplateExpression(node) && node.tag.getText() === 'say')
      found.push(englishOf(node.template));
    else if (isOfOurSchemas(file)) found.push(...saidBySchema(node));
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true));
  return found;
}

function englishOf(template: ts.TemplateLiteral): string {
  if (ts.isNoSubstitutionTemplateLiteral(template)) return template.text;
  return template.templateSpans.reduce(
    (text, { literal }, i) => `${text}{${i}}${literal.text}`,
    template.head.text,
  );
}

/** English of what is kept as text: each `say` in an `asKept(…)`. */
function keptIn(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  if (!text.includes('asKept(')) return [];
  const found: string[] = [];
  const visit = (node: ts.Node, isKept: boolean): void => {
    if (isKept && ts.isTaggedTemplateExpression(node) && node.tag.getText() === 'say')
      found.push(englishOf(node.template));
    const keeps = ts.isCallExpression(node) && node.expression.getText() === 'asKept';
    ts.forEachChild(node, (child) => visit(child, isKept || keeps));
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true), false);
  return found;
}

/** What stands in the source as words (two in a row) and is not behind `say`, apart from errors of programming. */
function unsaidIn(file: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isNewExpression(node) && /^(Range)?Error$/.test(node.expression.getText())) return;
    const isSaid = ts.isTaggedTemplateExpression(node.parent) && node.parent.template === node;
    if (!isSaid && (ts.isTemplateExpression(node) || ts.isStringLiteralLike(node))) {
      const text = ts.isTemplateExpression(node) ? englishOf(node) : node.text;
      if (/[a-z]{2} [a-z]{2}/.test(text)) found.push(text);
    }
    ts.forEachChild(node, visit);
  };
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  ts.forEachChild(source, visit);
  return found;
}

/** Schemas whose findings are answers; those of settings are told to whoever starts a process. */
function isOfOurSchemas(file: string): boolean {
  return (
    /^(libs\/contracts|libs\/targets|apps\/(catalog|connector))\//.test(file) && !file.endsWith('config.ts')
  );
}

/** `.refine(…, 'words')`, `.regex(…, 'words')`, `{ error: 'words' }`, `.addIssue({ message: 'words' })` */
function saidBySchema(node: ts.Node): string[] {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return [];
  if (!['refine', 'regex', 'url', 'union', 'check', 'addIssue'].includes(node.expression.name.text))
    return [];
  return node.arguments.flatMap((argument) => {
    if (ts.isStringLiteral(argument)) return argument.text;
    if (!ts.isObjectLiteralExpression(argument)) return [];
    return argument.properties.flatMap((property) =>
      ts.isPropertyAssignment(property) &&
      ['error', 'message'].includes(property.name.getText()) &&
      ts.isStringLiteral(property.initializer)
        ? property.initializer.text
        : [],
    );
  });
}

const placesOf = (text: string): string[] => [...new Set(text.match(/\{\d+\}/g))].sort();
const sources = globSync('{apps,libs,deploy}/**/*.ts').filter(
  (file) => !/node_modules|\.test\.ts$/.test(file),
);
const sentences = new Map(sources.flatMap((file) => sentencesOf(file).map((english) => [english, file])));

test('every sentence that is kept as text is known again', () => {
  const kept = sources.flatMap(keptIn);
  expect(kept.length).toBeGreaterThan(50);
  expect(kept.filter((english) => !Object.hasOwn(reasons, english))).toEqual([]);
});

test('what drivers say is said in both languages', () => {
  const notSaid = [
    'filter({0})/groupby(({1}),aggregate($count as uses))',
    // How a reason that is said begins, by which it is known.
    'the credentials are not accepted',
    // By which the answer of a dry run is known.
    'a dry run: it was not sent',
    // In the place of a request.
    '(a sign-in, not shown)',
  ];
  const unsaid = sources
    .filter((file) => file.startsWith('libs/targets/src/') && !file.includes('/conformance/'))
    .flatMap(unsaidIn);
  expect(unsaid).toEqual(expect.arrayContaining(notSaid));
  expect(unsaid.filter((text) => !italian.has(text) && !notSaid.includes(text))).toEqual([]);
});

test('every sentence has its Italian, with all that the English one tells', () => {
  expect(sentences.size).toBeGreaterThan(400);
  const missing = [...sentences].filter(([english]) => {
    const text = italian.get(english);
    return text === undefined || placesOf(text).join() !== placesOf(english).join();
  });
  expect(missing).toEqual([]);
});

test('nothing is in Italian that nobody says', () => {
  expect([...italian.keys()].filter((english) => !sentences.has(english))).toEqual([]);
});

test('a revision is called by one word', () => {
  const others = [...italian].filter(
    ([english, text]) => /\brevisions?\b/i.test(english) && /\bversion[ei]\b/i.test(text),
  );
  expect(others).toEqual([]);
});

test('titles and what others say stand in «», ids and values in the marks in which people type them', () => {
  const titles = new Set(['"{0}"', '"{0}" (now {1})']);
  const odd = [...italian]
    .filter(([english, said]) => said.includes('«') && !titles.has(english))
    .filter(([, said]) => !said.includes('(in inglese)'));
  expect(odd).toEqual([]);
});
