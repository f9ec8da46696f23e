import { say } from '#words';
import { NotTold } from '../status/not-told.ts';

/** Tells the connector that a target is mended: what is stuck, and a system that is waited for, is tried again at once. */
export async function retryNow(connector: string, target: string, token: string): Promise<void> {
  const answer = await fetch(`${connector}/api/v1/targets/${target}/retry`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
  });
  if (!answer.ok) throw new NotTold(say`The connector answered ${answer.status}: ${await answer.text()}`);
}
