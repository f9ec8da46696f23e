import { say, type Sentence } from '#words';

/** One element of the array of elements, as text, and where it begins. */
export interface Element {
  readonly text: string;
  readonly line: number;
}

export class JsonMisformed extends Error {
  readonly reason: Sentence;
  readonly line: number;

  constructor(reason: Sentence, line: number) {
    super(reason.english);
    this.reason = reason;
    this.line = line;
  }
}

const deepest = 64;

/** Splits an export, or a bare array; what stands beside `entries` is kept, because it says what the export is of. */
export const entriesSplitter = (): ElementSplitter =>
  new ElementSplitter({ array: 'entries', longest: 1_000_000, keepsRest: true });

/**
 * The elements of an array one by one, so that a file of any size is read in little memory.
 * @throws JsonMisformed
 */
export async function* splitElements(
  texts: AsyncIterable<string>,
  splitter: ElementSplitter,
): AsyncIterable<Element> {
  for await (const text of texts) yield* splitter.split(text);
  splitter.end();
  if (!splitter.isFound) throw new JsonMisformed(say`it has no array "entries"`, 1);
}

/**
 * Follows the nesting of JSON character by character, and cuts out the objects and arrays in one array: the member `array` of the
 * outermost object, or the outermost array. Each is parsed later, and found out there if it is no JSON.
 */
export class ElementSplitter {
  isFound = false;
  /** Everything but the elements, as far as it was read, when it is kept: `{"@context": …, "@graph": []}`. */
  rest = '';
  private readonly array: string;
  private readonly longest: number;
  private readonly keepsRest: boolean;
  private line = 1;
  private startLine = 1;
  private readonly open: string[] = [];
  private inString = false;
  private isEscaped = false;
  /** The last string at depth 1: the name of a member. */
  private name = '';
  private element = '';
  /** Depth inside the array of elements; 0: it has not begun, or is over. */
  private arrayDepth = 0;

  /** @param options `longest` in characters, of an element and of the rest */
  constructor(options: { readonly array: string; readonly longest: number; readonly keepsRest: boolean }) {
    this.array = options.array;
    this.longest = options.longest;
    this.keepsRest = options.keepsRest;
  }

  /** @throws JsonMisformed */
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
        if (this.push(character)) this.keepRest(text.slice(from, i + 1));
      } else if (character === '}' || character === ']') {
        if (this.pop(character)) from = i;
        if (this.isAtElement()) {
          yield { text: this.element + text.slice(from, i + 1), line: this.startLine };
          this.element = '';
        }
      }
    }
    if (this.arrayDepth === 0) this.keepRest(text.slice(from));
    else if (this.open.length > this.arrayDepth) this.keep(text.slice(from));
  }

  /** @throws JsonMisformed */
  end(): void {
    if (this.open.length > 0 || this.inString) throw new JsonMisformed(say`it is cut off`, this.line);
  }

  private isAtElement(): boolean {
    return this.arrayDepth > 0 && this.open.length === this.arrayDepth;
  }

  private keep(text: string): void {
    this.element += text;
    if (this.element.length > this.longest)
      throw new JsonMisformed(say`an entry is longer than ${this.longest} characters`, this.startLine);
  }

  private keepRest(text: string): void {
    if (!this.keepsRest) return;
    this.rest += text;
    if (this.rest.length > this.longest)
      throw new JsonMisformed(
        say`what stands outside of "${this.array}" is longer than ${this.longest} characters`,
        1,
      );
  }

  /** @returns true where the array of elements begins */
  private push(character: string): boolean {
    const isMember = this.open.length === 1 && this.open[0] === '{' && this.name === this.array;
    const begins = character === '[' && !this.isFound && (this.open.length === 0 || isMember);
    if (begins) {
      this.isFound = true;
      this.arrayDepth = this.open.length + 1;
    }
    this.open.push(character);
    if (this.open.length > deepest)
      throw new JsonMisformed(say`it nests deeper than ${deepest} levels`, this.line);
    return begins;
  }

  /** @returns true where the array of elements ends */
  private pop(character: string): boolean {
    const opened = this.open.pop();
    if (opened !== (character === '}' ? '{' : '['))
      throw new JsonMisformed(say`"${character}" closes nothing`, this.line);
    const ends = this.open.length < this.arrayDepth;
    if (ends) this.arrayDepth = 0;
    return ends;
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
