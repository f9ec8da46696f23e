import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { engineAnswers, hasImage } from '../docker/engine.ts';
import { imagesFrom } from '../docker/images.ts';

export type KafkaChoice =
  | { readonly how: 'given'; readonly brokers: string }
  | { readonly how: 'docker'; readonly image: string }
  | { readonly how: 'java' };

/**
 * KAFKA_BROKERS where given, else what holds the data of an earlier start, else Docker where an engine answers and has
 * or can get the image, else Java.
 */
export async function chooseKafka(env: NodeJS.ProcessEnv, directory: string): Promise<KafkaChoice> {
  const brokers = env['KAFKA_BROKERS'];
  if (brokers) return { how: 'given', brokers };
  if (existsSync(join(directory, 'formatted'))) return { how: 'java' };
  const image = imagesFrom(env).kafka;
  if ((await engineAnswers()) && (await hasImage(image))) return { how: 'docker', image };
  return { how: 'java' };
}
