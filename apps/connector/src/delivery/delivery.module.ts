import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { Registry } from 'prom-client';
import { DataSource } from 'typeorm';
import { BackgroundLoop, LOGGER, whileListening, type Logger } from '#platform';
import { drivers, isDriverName } from '#targets';
import type { ConnectorConfig } from '../config.ts';
import { CONFIG } from '../config.module.ts';
import { driverMeter } from '../metrics/measured-driver.ts';
import { ownErrorCounter } from '../metrics/own-errors.ts';
import { MetricsModule } from '../metrics/metrics.module.ts';
import { StageTimes } from '../metrics/stage-times.ts';
import { allowedBy, assertAllowed } from '../registry/allowed.ts';
import { configuredSecrets } from '../registry/configured-secrets.ts';
import { Alarm } from './alarm.ts';
import { deliveryLoop } from './delivery-loop.ts';
import { DriverCabinet, type OpenDriver } from './driver-cabinet.ts';
import { GroupRoom } from './group-room.ts';
import { GroupWriter } from './group-writer.ts';
import { DesiredMarks } from './in-step.ts';
import { LeaseKeeper } from './lease-keeper.ts';
import { News } from './news.ts';
import { PauseWatch } from './pause-watch.ts';
import { wakeChannel } from './wake.ts';
import type { DeliveryContext } from './work-system.ts';

const LOOP = Symbol('delivery loop');

/** Also those that are read, checked or counted beside the deliveries. */
const fewestOpenSystems = 256;
/** A request under way when the process is told to stop may take so long to end; the process has 5 s. */
const stopGraceMs = 2_000;

@Module({
  imports: [MetricsModule],
  exports: [DriverCabinet],
  providers: [
    {
      provide: DriverCabinet,
      inject: [CONFIG, DataSource, Registry],
      useFactory: (config: ConnectorConfig, dataSource: DataSource, registry: Registry) =>
        new DriverCabinet(
          dataSource,
          measured(registry),
          configuredSecrets(config),
          config.REQUEST_TIMEOUT_MS,
          Math.max(fewestOpenSystems, config.DELIVERY_SYSTEMS),
          (name, connection) => assertAllowed(name, connection, allowedBy(config)),
        ),
    },
    {
      provide: LOOP,
      inject: [CONFIG, DataSource, DriverCabinet, StageTimes, LOGGER, Registry],
      useFactory: (
        config: ConnectorConfig,
        dataSource: DataSource,
        cabinet: DriverCabinet,
        times: StageTimes,
        logger: Logger,
        registry: Registry,
      ) =>
        new BackgroundLoop({
          name: 'delivery',
          logger,
          registry,
          run: (signal, turned) => {
            const onStage = times.observeDelivery.bind(times);
            const told = { logger, onStage, onOwnError: ownErrorCounter(registry, 'delivery') };
            return deliverForever(config, dataSource, cabinet, told, signal, turned);
          },
        }),
    },
  ],
})
export class DeliveryModule implements OnApplicationShutdown {
  constructor(@Inject(DriverCabinet) private readonly cabinet: DriverCabinet) {}

  async onApplicationShutdown(): Promise<void> {
    await this.cabinet.close();
  }
}

function measured(registry: Registry): OpenDriver {
  const measure = driverMeter(registry);
  return (name, connection) => {
    if (!isDriverName(name)) throw new Error(`there is no driver ${name}`);
    const { settingsSchema, create } = drivers[name];
    const driver = create({ ...connection, settings: settingsSchema.parse(connection.settings) });
    return connection.onDryRequest ? driver : measure(name, driver);
  };
}

async function deliverForever(
  config: ConnectorConfig,
  dataSource: DataSource,
  cabinet: DriverCabinet,
  told: Pick<DeliveryContext, 'logger' | 'onStage' | 'onOwnError'>,
  signal: AbortSignal,
  turned: () => void,
): Promise<void> {
  const alarm = new Alarm();
  const news = new News();
  const { logger } = told;
  const pausesMs = config.SYSTEM_PAUSES_MS;
  const context = {
    dataSource,
    writer: new GroupWriter(
      dataSource,
      { rejectedMs: config.RETRY_REJECTED_MS, pausesMs },
      config.REQUEST_TIMEOUT_MS,
    ),
    drivers: cabinet,
    groups: new GroupRoom(),
    leases: new LeaseKeeper(dataSource, config.SYSTEM_LEASE_MS, logger),
    desiredMarks: new DesiredMarks(),
    pauses: new PauseWatch(dataSource),
    news,
    ...told,
    settings: {
      leaseMs: config.SYSTEM_LEASE_MS,
      pausesMs,
      stopGraceMs,
    },
  };
  const settings = { pollMs: config.DELIVERY_POLL_MS, mostSystems: config.DELIVERY_SYSTEMS };
  const options = { applicationName: 'connector-wake', logger };
  await whileListening(
    config.DATABASE_URL,
    wakeChannel,
    () => {
      news.tell();
      alarm.ring();
    },
    signal,
    options,
    (stop) => deliveryLoop(context, alarm, settings, stop, turned),
  );
}
