/** Text between tags or in an attribute in quotation marks. */
export function html(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Text that Markdown (CommonMark) shows as it is, on one line. */
export function markdown(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>&|~]/g, '\\$&');
}

/** What such a line begins with, when that would make it a heading or an item of a list. */
export function markdownLine(line: string): string {
  return line
    .trimStart()
    .replace(/^(?:[#+-]|\d+(?=[.)]))/, (start) => (/\d/.test(start) ? `${start}\\` : `\\${start}`));
}
