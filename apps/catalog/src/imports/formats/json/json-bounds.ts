import type { Finding } from '#taxonomy';

const deepest = 64;
const longestString = 1_000_000;

/** Watches JSON go by and says when it nests or runs on as no map does, before a parser keeps all of it. */
export class JsonBounds {
  line = 1;
  private depth = 0;
  private inString = false;
  private isEscaped = false;
  private length = 0;

  look(text: string): Finding | null {
    for (let i = 0; i < text.length; i++) {
      const character = text.charCodeAt(i);
      if (character === newline) this.line++;
      if (this.inString) this.lookInString(character);
      else if (character === quote) [this.inString, this.length] = [true, 0];
      else if (character === brace || character === bracket) this.depth++;
      else if (character === braceEnd || character === bracketEnd) this.depth--;
      if (this.depth > deepest) return this.refuse(`nests deeper than ${deepest} levels`);
      if (this.length > longestString)
        return this.refuse(`has a text of more than ${longestString} characters`);
    }
    return null;
  }

  private lookInString(character: number): void {
    this.length++;
    if (this.isEscaped) this.isEscaped = false;
    else if (character === backslash) this.isEscaped = true;
    else if (character === quote) this.inString = false;
  }

  private refuse(what: string): Finding {
    return { rule: 'json-form', severity: 'error', message: `The file ${what}.`, line: this.line };
  }
}

const [newline, quote, backslash] = [10, 34, 92];
const [brace, braceEnd, bracket, bracketEnd] = [123, 125, 91, 93];
