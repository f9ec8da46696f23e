import { markdown, markdownLine } from './escape.ts';
import type { NotesItem, NotesSection, Phrase, ReleaseNotes } from './release-notes.ts';
import { words } from './words.ts';

/** Release notes in CommonMark. */
export function notesMarkdown({
  language,
  title,
  subtitle,
  facts,
  counts,
  warning,
  sections,
}: ReleaseNotes): string {
  const parts = [
    `# ${markdown(title)}`,
    `**${markdown(subtitle)}**`,
    facts.map(([name, value]) => `- **${markdown(name)}:** ${markdown(value)}`).join('\n'),
    counts.map(([number, what]) => `- **${number}** ${markdown(what)}`).join('\n') ||
      markdown(words[language].nothing),
    ...(warning ? [sectionText({ ...warning, title: `⚠ ${warning.title}` }).replaceAll(/^/gm, '> ')] : []),
    ...sections.map(sectionText),
  ];
  return `${parts.join('\n\n')}\n`;
}

function sectionText({ title, intro, items }: NotesSection): string {
  return `## ${markdown(title)}\n\n${markdown(intro)}\n\n${items.map(itemText).join('\n')}`;
}

function itemText({ says, details, caused }: NotesItem): string {
  const below = [
    ...details.map((detail) => `  - ${phrase(detail)}`),
    ...(caused
      ? [`  - ${markdown(caused.intro)}:`, ...caused.items.map((item) => `    - ${phrase(item)}`)]
      : []),
  ];
  return [`- ${phrase(says)}`, ...below].join('\n');
}

function phrase(parts: Phrase): string {
  const text = parts.map((part) =>
    typeof part === 'string' ? markdown(part) : `**${markdown(part.code)}**`,
  );
  return markdownLine(text.join(''));
}
