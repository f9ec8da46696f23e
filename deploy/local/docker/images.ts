/** Images of the real servers; the official ones unless the environment names others. */
export function imagesFrom(env: NodeJS.ProcessEnv): { readonly postgres: string; readonly kafka: string } {
  return { postgres: env['PG_IMAGE'] ?? 'postgres:18', kafka: env['KAFKA_IMAGE'] ?? 'apache/kafka:4.3.1' };
}
