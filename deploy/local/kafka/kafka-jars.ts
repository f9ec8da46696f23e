import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isPrepared, prepareOnce } from '../prepare-once.ts';
import { requireProgram } from '../processes/missing-program.ts';
import { runCommand } from '../processes/run-command.ts';

const name = 'kafka-4.3.1';
const install = 'sudo apt-get install openjdk-17-jre-headless maven';

/** Class path of Apache Kafka, brought by Maven on the first call (54 MB). */
export async function kafkaClassPath(): Promise<string> {
  requireProgram('java', ['-version'], install);
  if (!isPrepared(name)) requireProgram('mvn', ['-version'], install);
  const directory = await prepareOnce(name, async (folder) => {
    await copyFile(fileURLToPath(new URL('pom.xml', import.meta.url)), join(folder, 'pom.xml'));
    const args = ['-q', '-B', 'dependency:copy-dependencies', '-DoutputDirectory=libs'];
    await runCommand('mvn', args, { cwd: folder, log: join(folder, 'maven.log') });
  });
  return join(directory, 'libs', '*');
}
