import type { Launcher } from './launcher.ts';
import type { Screen } from './progress/screen.ts';
import type { Keeper } from './services/keep-running.ts';
import type { Ports } from './state/ports.ts';
import type { Secrets } from './state/secrets.ts';

/** What every stage of a start works with. */
export interface Stages {
  readonly launcher: Launcher;
  readonly keeper: Keeper;
  readonly screen: Screen;
  readonly ports: Ports;
  readonly secrets: Secrets;
  readonly env: NodeJS.ProcessEnv;
}
