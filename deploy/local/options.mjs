/**
 * What follows `npm start --`.
 *
 * @param {readonly string[]} args
 * @returns {{ fresh: boolean, wait: boolean, help: boolean } | { unknown: string }}
 */
export function parseOptions(args) {
  const known = ['--fresh', '--no-wait', '--help'];
  const unknown = args.find((arg) => !known.includes(arg));
  if (unknown !== undefined) return { unknown };
  return {
    fresh: args.includes('--fresh'),
    wait: !args.includes('--no-wait'),
    help: args.includes('--help'),
  };
}
