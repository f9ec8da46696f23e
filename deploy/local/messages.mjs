import { readFileSync } from 'node:fs';

/**
 * The language of the texts: Italian when LC_ALL, LC_MESSAGES or LANG (in this order) starts with `it`, else English.
 *
 * @param {NodeJS.ProcessEnv} env
 */
export function languageOf(env) {
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || '';
  return /^it([_.@-]|$)/i.test(locale) ? 'it' : 'en';
}

/** @param {'en' | 'it'} language */
export function textsIn(language) {
  return JSON.parse(readFileSync(new URL(`messages.${language}.json`, import.meta.url), 'utf8'));
}

const texts = textsIn(languageOf(process.env));

/**
 * A text for people, with its `{places}` filled.
 *
 * @param {string} key
 * @param {Record<string, string | number>} [values]
 */
export function text(key, values = {}) {
  return fill(texts[key], values);
}

/**
 * @param {string} template
 * @param {Record<string, string | number>} values
 */
export function fill(template, values) {
  return template.replace(/\{(\w+)\}/g, (place, name) => String(values[name] ?? place));
}
