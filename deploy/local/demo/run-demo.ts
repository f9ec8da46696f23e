import { inWords, say, type Language } from '#words';
import { languageOf } from '../messages.mjs';
import { homeDirectory } from '../state/home.ts';
import { readRunFile, type RunFile } from '../state/run-file.ts';
import { NotTold } from '../status/not-told.ts';

/**
 * Runs one command against the Mappa of this clone, in the language of the terminal; a failure is told in its own words, and
 * ends with 1, or 2 when nothing runs here.
 */
export async function runDemo(
  command: (addresses: RunFile['addresses'], language: Language) => Promise<void>,
): Promise<void> {
  const language = languageOf(process.env);
  const running = readRunFile(homeDirectory(process.env));
  if (!running) {
    console.error(inWords(say`Mappa is not running here. Start it with: npm start`, language));
    process.exitCode = 2;
    return;
  }
  try {
    await command(running.addresses, language);
  } catch (error) {
    const why = error instanceof NotTold ? inWords(error.why, language) : error;
    console.error(why instanceof Error ? why.message : why);
    process.exitCode = 1;
  }
}
