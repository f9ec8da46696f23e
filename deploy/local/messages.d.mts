import type english from './messages.en.json' with { type: 'json' };

export type MessageKey = keyof typeof english;
export function languageOf(env: NodeJS.ProcessEnv): 'en' | 'it';
export function textsIn(language: 'en' | 'it'): Record<MessageKey, string>;
export function text(key: MessageKey, values?: Record<string, string | number>): string;
export function fill(template: string, values: Record<string, string | number>): string;
