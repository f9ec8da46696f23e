import { refuse, type Refusal } from '#platform';
import { say } from '#words';

export function unknownScheme(scheme: string): Refusal {
  const detail = say`The connector has heard nothing of "${scheme}".`;
  return refuse('scheme-unknown', { status: 404, title: say`There is no such map`, detail });
}
