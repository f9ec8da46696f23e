import { dataSourceOptions, sql, type Logger, type Sql } from '#platform';
import { First1764000000000 } from './migrations/0001-first.ts';
import { StuckMayExist1764000000001 } from './migrations/0002-stuck-may-exist.ts';
import { Scale1764000000003 } from './migrations/0004-scale.ts';
import { Registry1764000000005 } from './migrations/0005-registry.ts';
import { Observe1764000000006 } from './migrations/0006-observe.ts';
import { PutOff1764000000007 } from './migrations/0007-put-off.ts';
import { GuardsSeeTheirOwnTables1764000000008 } from './migrations/0008-guards-see-their-own-tables.ts';
import { Operations1764000000010 } from './migrations/0010-operations.ts';
import { PutOffWhenAsked1764000000014 } from './migrations/0014-put-off-when-asked.ts';
import { Attempts1764000000016 } from './migrations/0016-attempts.ts';
import { Sealed1764000000017 } from './migrations/0017-sealed.ts';
import { Drift1764000000018 } from './migrations/0018-drift.ts';
import { DriftLimit1764000000019 } from './migrations/0019-drift-limit.ts';
import { ApprovedPlan1764000000020 } from './migrations/0020-approved-plan.ts';
import { Stages1764000000021 } from './migrations/0021-stages.ts';
import { StuckPages1764000000022 } from './migrations/0022-stuck-pages.ts';
import { UpdatesInPlace1764000000023 } from './migrations/0023-updates-in-place.ts';
import { Successions1764000000024 } from './migrations/0024-successions.ts';
import { Hold1764000000025 } from './migrations/0025-hold.ts';
import { Deletion1764000000026 } from './migrations/0026-deletion.ts';
import { NotOurs1764000000027 } from './migrations/0027-not-ours.ts';
import { ComparedFrom1764000000028 } from './migrations/0028-compared-from.ts';
import { LinksNameTargets1764000000029 } from './migrations/0029-links-name-targets.ts';
import { Ground1764000000030 } from './migrations/0030-ground.ts';
import { Moved1764000000031 } from './migrations/0031-moved.ts';
import { StaysWrong1764000000032 } from './migrations/0032-stays-wrong.ts';
import { RehearsedThere1764000000033 } from './migrations/0033-rehearsed-there.ts';
import { Resync1764000000034 } from './migrations/0034-resync.ts';
import { Erasure1764000000035 } from './migrations/0035-erasure.ts';
import { WhatPeopleDecided1764000000036 } from './migrations/0036-what-people-decided.ts';
import { MendedInVain1764000000037 } from './migrations/0037-mended-in-vain.ts';
import { MendedRecords1764000000038 } from './migrations/0038-mended-records.ts';
import { FoundCodes1764000000039 } from './migrations/0039-found-codes.ts';
import { RecurringDrift1764000000040 } from './migrations/0040-recurring-drift.ts';
import { LateRequests1764000000042 } from './migrations/0042-late-requests.ts';
import { MendedUnsent1764000000044 } from './migrations/0044-mended-unsent.ts';

const schema = 'connector';

/** For `runMigrations`. The application reads and writes rows, and owns nothing. */
export const connectorMigrations = {
  schema,
  ownerRole: 'mappa_connector_owner',
  migrations: [
    First1764000000000,
    StuckMayExist1764000000001,
    Scale1764000000003,
    Registry1764000000005,
    Observe1764000000006,
    PutOff1764000000007,
    GuardsSeeTheirOwnTables1764000000008,
    Operations1764000000010,
    PutOffWhenAsked1764000000014,
    Attempts1764000000016,
    Sealed1764000000017,
    Drift1764000000018,
    DriftLimit1764000000019,
    ApprovedPlan1764000000020,
    Stages1764000000021,
    StuckPages1764000000022,
    UpdatesInPlace1764000000023,
    Successions1764000000024,
    Hold1764000000025,
    Deletion1764000000026,
    NotOurs1764000000027,
    ComparedFrom1764000000028,
    LinksNameTargets1764000000029,
    Ground1764000000030,
    Moved1764000000031,
    StaysWrong1764000000032,
    RehearsedThere1764000000033,
    Resync1764000000034,
    Erasure1764000000035,
    WhatPeopleDecided1764000000036,
    MendedInVain1764000000037,
    MendedRecords1764000000038,
    FoundCodes1764000000039,
    RecurringDrift1764000000040,
    LateRequests1764000000042,
    MendedUnsent1764000000044,
  ],
  grants: (app: Sql): Sql[] => [
    sql`grant select, insert, update, delete on all tables in schema connector to ${app}`,
    sql`revoke insert, update, delete on installation, migration, reach, desired, expected from ${app}`,
    sql`revoke update, delete on audit from ${app}`,
  ],
};

export function connectorDataSourceOptions(
  url: string,
  logger?: Logger,
): ReturnType<typeof dataSourceOptions> {
  return dataSourceOptions({
    url,
    schema,
    applicationName: 'connector',
    poolSize: 16,
    ...(logger ? { logger } : {}),
  });
}
