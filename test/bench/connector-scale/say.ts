/** One line of the table. */
export function say(name: string, value: number, unit: string): void {
  console.log(`${name.padEnd(52)} ${Number(value.toPrecision(4))} ${unit}`);
}

/** @returns seconds */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const since = performance.now();
  await work();
  return (performance.now() - since) / 1_000;
}
