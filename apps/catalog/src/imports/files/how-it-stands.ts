import type { ImportState } from '#contracts';
import { say, type Sentence } from '#words';
import type { ImportRecord } from './import-record.ts';

/** Why an import does not take what is asked for, and what can be done. */
export function howItStands({
  id,
  state,
  schemeId,
}: Pick<ImportRecord, 'id' | 'state' | 'schemeId'>): Sentence {
  switch (state) {
    case 'waiting':
      return say`It waits for its file: PUT /api/v1/imports/${id}/file.`;
    case 'queued':
    case 'reading':
      return say`Its file is being read, or waits for its turn. GET /api/v1/imports/${id} says how far it is.`;
    case 'failed':
      return say`Its file could not be taken: the findings of GET /api/v1/imports/${id} say why.`;
    case 'interrupted':
      return say`Reading its file was broken off, and nothing of it was taken. Send the same file again: PUT /api/v1/imports/${id}/file.`;
    case 'stopped':
      return say`It was stopped, and nothing of its file is used. The same file can be sent again to a new import: POST /api/v1/schemes/${schemeId}/imports.`;
    default:
      return say`Its file has been read. Send a corrected one to a new import that says {"replaces":"${id}"}: POST /api/v1/schemes/${schemeId}/imports.`;
  }
}

export const importStateInWords: Readonly<Record<ImportState, Sentence>> = {
  waiting: say`waiting for its file`,
  queued: say`waiting to be read`,
  reading: say`being read`,
  failed: say`failed`,
  matching: say`waiting for decisions`,
  applied: say`applied`,
  stopped: say`stopped`,
  interrupted: say`interrupted`,
};
