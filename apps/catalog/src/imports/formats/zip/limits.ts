/** What a file may cost. A map of 350,000 entries needs a tenth of each. */
export const limits = {
  /** Of the file as it comes. */
  fileBytes: 256 * 1024 * 1024,
  /** Parts inside. */
  parts: 10_000,
  /** Of all parts that are read, unpacked. */
  unpackedBytes: 1024 * 1024 * 1024,
  /** Unpacked bytes for each packed one, beyond the first `smallBytes`; real sheets have up to 60. */
  ratio: 200,
  smallBytes: 4 * 1024 * 1024,
  /** Characters of all texts that a sheet's cells share. */
  sharedTexts: 100_000_000,
  /** Elements inside elements. */
  depth: 200,
} as const;
