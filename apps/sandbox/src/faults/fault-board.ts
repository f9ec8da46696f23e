import { serverNames, type ServerName } from '../servers.ts';
import { faultKinds, faultsOf, type Fault, type FaultKind, type FaultRequest } from './fault.ts';

type FaultOf<K extends FaultKind> = Extract<Fault, { kind: K }>;

/** The faults in force, by server. In memory only: a restart clears them. */
export class FaultBoard {
  private readonly faults = new Map<ServerName, Map<FaultKind, Fault>>(
    serverNames.map((name) => [name, new Map()]),
  );

  /** @param now milliseconds since 1970 */
  constructor(private readonly now: () => number = Date.now) {}

  set(server: ServerName, request: FaultRequest): void {
    for (const [kind, fault] of faultsOf(request, this.now())) {
      if (fault) this.of(server).set(kind, fault);
      else this.of(server).delete(kind);
    }
  }

  clear(server: ServerName): void {
    this.of(server).clear();
  }

  inForce(server: ServerName): Fault[] {
    return faultKinds.flatMap((kind) => this.peek(server, kind) ?? []);
  }

  isClear(server: ServerName): boolean {
    return this.of(server).size === 0;
  }

  /** The fault of a kind, if it is in force and `meets` this request; counts as one of its `times`. */
  take<K extends FaultKind>(
    server: ServerName,
    kind: K,
    meets: (fault: FaultOf<K>) => boolean = () => true,
  ): FaultOf<K> | null {
    const fault = this.peek(server, kind);
    if (!fault || !meets(fault)) return null;
    if (fault.timesLeft === 1) this.of(server).delete(kind);
    else if (fault.timesLeft !== null)
      this.of(server).set(kind, { ...fault, timesLeft: fault.timesLeft - 1 });
    return fault;
  }

  /** Whether a server must refuse to store a record of this code. */
  refuses(server: ServerName, code: string | null): boolean {
    return code !== null && this.take(server, 'refuseCode', ({ codes }) => codes.includes(code)) !== null;
  }

  private peek<K extends FaultKind>(server: ServerName, kind: K): FaultOf<K> | null {
    const fault = this.of(server).get(kind);
    if (!fault) return null;
    if (fault.endsAt === null || fault.endsAt > this.now()) return isKind(fault, kind) ? fault : null;
    this.of(server).delete(kind);
    return null;
  }

  private of(server: ServerName): Map<FaultKind, Fault> {
    return this.faults.get(server)!;
  }
}

function isKind<K extends FaultKind>(fault: Fault, kind: K): fault is FaultOf<K> {
  return fault.kind === kind;
}
