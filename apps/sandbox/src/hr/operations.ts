import type { FaultBoard } from '../faults/fault-board.ts';
import { etagOf, readResource, renderResource, type ActivityCode, type Attributes } from './activity-code.ts';
import type { HrStore } from './hr.store.ts';
import { applyPatch, readPatch } from './patch.ts';
import { ScimError } from './scim-error.ts';

/** What came of one operation: a resource, or null when it was deleted. */
export interface Outcome {
  readonly status: 200 | 201 | 204;
  readonly resource: ActivityCode | null;
}

/** The writing operations of SCIM, the same for single requests and for bulk. All throw ScimError. */
export class Operations {
  /** @param base `…/scim/v2`, for locations */
  constructor(
    private readonly store: HrStore,
    private readonly faults: FaultBoard,
    private readonly base: string,
  ) {}

  get(id: string): ActivityCode {
    const found = this.store.byId(id);
    if (!found) throw new ScimError(404, `Resource ${id} not found`);
    return found;
  }

  /** @param id chosen before by a bulk request whose operations refer to each other */
  create(body: unknown, id?: string): Outcome {
    const values = this.accepted(readResource(body), null);
    const made = this.store.insert(values, new Date().toISOString(), id);
    return { status: 201, resource: this.get(made) };
  }

  /** Makes the resource what the body says: attributes that it does not name are emptied. */
  replace(id: string, body: unknown, ifMatch?: string): Outcome {
    const found = this.matching(id, ifMatch);
    return this.write(found, readResource(body));
  }

  patch(id: string, body: unknown, ifMatch?: string): Outcome {
    const found = this.matching(id, ifMatch);
    const operations = readPatch(body);
    return this.write(found, readResource(applyPatch(renderResource(found, this.base), operations)));
  }

  delete(id: string, ifMatch?: string): Outcome {
    this.store.delete(this.matching(id, ifMatch).id);
    return { status: 204, resource: null };
  }

  private write(found: ActivityCode, values: Attributes): Outcome {
    this.store.update(found.id, this.accepted(values, found.id), found.version + 1, new Date().toISOString());
    return { status: 200, resource: this.get(found.id) };
  }

  private matching(id: string, ifMatch?: string): ActivityCode {
    const found = this.get(id);
    const isWanted =
      ifMatch === undefined || ifMatch === '*' || ifMatch.split(/\s*,\s*/).includes(etagOf(found));
    if (!isWanted) throw new ScimError(412, `The resource has changed, its version is ${etagOf(found)}`);
    return found;
  }

  private accepted(values: Attributes, ownId: string | null): Attributes {
    if (this.faults.refuses('scim', values.code)) {
      throw new ScimError(400, `The code ${values.code} is not accepted by this HR system`, 'invalidValue');
    }
    const holder = this.store.byCode(values.code);
    if (holder && holder.id !== ownId) {
      throw new ScimError(409, `Another resource has the code ${values.code}`, 'uniqueness');
    }
    return values;
  }
}
