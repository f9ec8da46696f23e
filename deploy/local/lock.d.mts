export interface HeldLock {
  taken: true;
  release(): void;
  update(about: object): void;
}
export interface RefusedLock {
  taken: false;
  pid: number;
  about: Record<string, unknown>;
}
export function tryLock(file: string, about?: object): HeldLock | RefusedLock;
export function waitForLock(file: string, onWait?: () => void): Promise<HeldLock>;
