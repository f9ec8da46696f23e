export {
  TargetError,
  type Answer,
  type Capabilities,
  type Connection,
  type Driver,
  type RecordContent,
  type Step,
  type StoredRecord,
  type Trouble,
  type Use,
  type UsePage,
} from './driver.ts';
export { drivers, isDriverName, type DriverName, type DriverType } from './registry.ts';
export { discreetDriver } from './discreet-driver.ts';
export { soundDriver } from './sound-driver.ts';
export { checkBeforeSending } from './http/check-before-sending.ts';
export { openAccess, type Access, type AccessLimits } from './http/access.ts';
export { isLinkLocal } from './http/link-local.ts';
export { Turnstile } from './http/turnstile.ts';
export { credentialsRefused } from './http/http-client.ts';
export { isOfDryRun, type DryRequest } from './http/dry-run.ts';
export { witnessed, type SeenExchange } from './http/witness.ts';
