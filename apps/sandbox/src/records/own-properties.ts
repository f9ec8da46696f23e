import type { FaultBoard } from '../faults/fault-board.ts';
import { CmisError } from './cmis-error.ts';
import { definitionOf } from './object-properties.ts';
import type { Properties } from './properties.ts';
import type { TypeDefinition } from './type-definition.ts';

/**
 * What is stored beside the fixed columns.
 * @param fixed ids that the caller stores in columns
 * @throws CmisError constraint for a property that clients may not write
 */
export function ownProperties(
  properties: Properties,
  type: TypeDefinition,
  fixed: readonly string[],
): Properties {
  const own = [...properties].filter(([id]) => !fixed.includes(id));
  for (const [id] of own) {
    if (definitionOf(type, id)?.updatability !== 'readwrite') {
      throw new CmisError('constraint', `the property can't be updated, because it is not writable: ${id}`);
    }
  }
  return new Map(own);
}

/** The fault `refuseCode` in the words of CMIS. */
export function refuseCode(faults: FaultBoard, properties: Properties): void {
  const code = properties.get('act:cod');
  if (typeof code === 'string' && faults.refuses('cmis', code)) {
    throw new CmisError('constraint', `The code ${code} violates a rule of this repository`);
  }
}
