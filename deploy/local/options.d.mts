export interface Options {
  fresh: boolean;
  wait: boolean;
  help: boolean;
}
export function parseOptions(args: readonly string[]): Options | { unknown: string };
