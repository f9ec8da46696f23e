/** One element of the array of entries, as text, and where it begins. */
export interface Element {
  readonly text: string;
  readonly line: number;
}

export class JsonMisformed extends Error {
  readonly line: number;

  constructor(message: string, line: number) {
    super(message);
    this.line = line;
  }
}

const longestElement = 1_000_000;
const deepest = 64;

/**
 * The elements of the array `entries` of an export, or of a bare array, one by one, so that a file of any size is read
 * in little memory. What stands beside `entries` is passed over.
 * @throws JsonMisformed
 */
export async function* splitElements(texts: AsyncIterable<string>): AsyncIterable<Element> {
  const splitter = new Splitter();
  for await (const text of texts) yield* splitter.split(text);
  splitter.end();
}

/** Follows the nesting of JSON character by character; each element is parsed later, and found out there if it is none. */
class Splitter {
  private line = 1;
  private startLine = 1;
  private readonly open: string[] = [];
  private inString = false;
  private isEscaped = false;
  /** The last string at depth 1: the name of a member. */
  private name = '';
  private element = '';
  /** Depth inside the array of entries; 0: it has not begun, or is over. */
  private arrayDepth = 0;
  private isFound = false;

  *split(text: string): Iterable<Element> {
    let from = 0;
    for (let i = 0; i < text.length; i++) {
      const character = text.charAt(i);
      if (character === '\n') this.line++;
      if (this.inString) {
        this.followString(character);
        continue;
      }
      if (character === '"') this.beginString();
      else if (character === '{' || character === '[') {
        if (this.isAtElement()) [from, this.startLine] = [i, this.line];
        this.push(character);
      } else if (character === '}' || character === ']') {
        this.pop(character);
        if (this.isAtElement() && this.arrayDepth > 0 && character === '}') {
          yield { text: this.element + text.slice(from, i + 1), line: this.startLine };
          this.element = '';
        }
      }
    }
    if (this.arrayDepth > 0 && this.open.length > this.arrayDepth) this.keep(text.slice(from));
  }

  end(): void {
    if (this.open.length > 0 || this.inString) throw new JsonMisformed('it ends before its end', this.line);
    if (!this.isFound) throw new JsonMisformed('it has no array "entries"', 1);
  }

  private isAtElement(): boolean {
    return this.arrayDepth > 0 && this.open.length === this.arrayDepth;
  }

  private keep(text: string): void {
    this.element += text;
    if (this.element.length > longestElement)
      throw new JsonMisformed(`an entry is longer than ${longestElement} characters`, this.startLine);
  }

  private push(character: string): void {
    const isEntries = this.open.length === 1 && this.open[0] === '{' && this.name === 'entries';
    if (character === '[' && !this.isFound && (this.open.length === 0 || isEntries)) {
      this.isFound = true;
      this.arrayDepth = this.open.length + 1;
    }
    this.open.push(character);
    if (this.open.length > deepest)
      throw new JsonMisformed(`it nests deeper than ${deepest} levels`, this.line);
  }

  private pop(character: string): void {
    const opened = this.open.pop();
    if (opened !== (character === '}' ? '{' : '['))
      throw new JsonMisformed(`"${character}" closes nothing`, this.line);
    if (this.open.length < this.arrayDepth) this.arrayDepth = 0;
  }

  private beginString(): void {
    this.inString = true;
    if (this.open.length === 1) this.name = '';
  }

  private followString(character: string): void {
    if (this.isEscaped) this.isEscaped = false;
    else if (character === '\\') this.isEscaped = true;
    else if (character === '"') {
      this.inString = false;
      return;
    }
    if (this.open.length === 1 && this.name.length < 100) this.name += character;
  }
}
