import { parseArgs, type ParseArgsConfig, type ParseArgsOptionsConfig } from 'node:util';
import { say, type Sentence } from '#words';

/** Options and the words between them, as `parseArgs` of Node reads them; or, in our words, what is wrong with the first wrong one. */
export function readOptions<const O extends ParseArgsOptionsConfig>(args: string[], options: O) {
  const config = { args, options, allowPositionals: true } satisfies ParseArgsConfig;
  const { tokens } = parseArgs({ ...config, strict: false, tokens: true });
  for (const token of tokens) {
    const wrong = token.kind === 'option' && wrongWith(token, options);
    if (wrong) return wrong;
  }
  return parseArgs(config);
}

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value?: string | undefined;
  readonly inlineValue?: boolean | undefined;
}

function wrongWith(
  { name, rawName, value, inlineValue }: OptionToken,
  options: ParseArgsOptionsConfig,
): Sentence | null {
  const option = Object.hasOwn(options, name) ? options[name] : undefined;
  if (!option) {
    const known = Object.keys(options).map((each) => `--${each}`);
    return say`There is no option ${rawName}; there is: ${known.join(', ')}.`;
  }
  if (option.type === 'boolean') return value === undefined ? null : say`${rawName} takes no value.`;
  const isMissing = value === undefined || (!inlineValue && value.startsWith('-'));
  return isMissing ? say`${rawName} needs a value.` : null;
}
