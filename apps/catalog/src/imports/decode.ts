import type { Finding } from '#taxonomy';
import { say, type Sentence } from '#words';

/** A document as text, or why its bytes are none. Lines count from 1. */
export function decode(bytes: Uint8Array): { text: string; findings: Finding[] } {
  const text = new TextDecoder('utf-8').decode(bytes);
  const findings = text.split('\n').flatMap((line, i): Finding[] => {
    if (line.includes('\uFFFD'))
      return [damaged(i + 1, say`Line ${i + 1} has bytes that are not UTF-8 text.`)];
    // eslint-disable-next-line no-control-regex -- looking for them is the point
    if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(line))
      return [damaged(i + 1, say`Line ${i + 1} has control characters.`)];
    return [];
  });
  return { text, findings };
}

function damaged(line: number, message: Sentence): Finding {
  return { rule: 'text-damaged', severity: 'error', line, message };
}
