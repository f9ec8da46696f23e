export { inWords } from './in-words.ts';
export { asKept, recalled, withReasonIn } from './recalled.ts';
export { problemsOfIssues, type SchemaProblem } from './problems-of-issues.ts';
export { languageOf, languages, preferredOf, type Language } from './language.ts';
export { eitherOf, isSentence, listed, say, verbatim, type Sentence, type Value } from './sentence.ts';
export { spoken, type Spoken } from './spoken.ts';
