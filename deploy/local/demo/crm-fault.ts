import { homeDirectory } from '../state/home.ts';
import { readRunFile } from '../state/run-file.ts';

/** Sets a fault of the sandbox's CRM, or clears it with null. Throws when the sandbox does not do it. */
export async function setCrmFault(sandbox: string, fault: object | null): Promise<void> {
  const response = await fetch(`${sandbox}/control/faults/crm`, {
    method: fault ? 'PUT' : 'DELETE',
    ...(fault ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(fault) } : {}),
    signal: AbortSignal.timeout(5_000),
  });
  if (!response.ok) throw new Error(`The sandbox answered ${response.status}: ${await response.text()}`);
}

/** Runs one command; a failure is told in its own words, and ends with 1, or 2 when nothing runs here. */
export async function runDemo(command: (sandbox: string) => Promise<void>): Promise<void> {
  const sandbox = process.env['SANDBOX_URL'] ?? readRunFile(homeDirectory(process.env))?.addresses.sandbox;
  if (sandbox === undefined) {
    console.error('Mappa is not running here. Start it with: npm start');
    process.exitCode = 2;
    return;
  }
  try {
    await command(sandbox);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
