import {
  Catch,
  type INestApplication,
  type INestMicroservice,
  type RpcExceptionFilter,
} from '@nestjs/common';
import { NestMicroservice } from '@nestjs/microservices';
import { throwError, type Observable } from 'rxjs';
import type { MappaKafkaTransport } from './mappa-kafka-transport.ts';

/** Nest's own filter would replace every error by "Internal server error"; the transport logs and retries, so it needs the cause. */
@Catch()
class KeepCause implements RpcExceptionFilter {
  catch(error: unknown): Observable<never> {
    return throwError(() => error);
  }
}

/** Adds the transport to an app. It starts with `app.startAllMicroservices()` and ends with the app. */
export function connectTransport(app: INestApplication, transport: MappaKafkaTransport): INestMicroservice {
  const microservice = app.connectMicroservice({ strategy: transport }, { deferInitialization: true });
  if (!(microservice instanceof NestMicroservice)) throw new Error('Nest made no microservice');
  microservice.useGlobalFilters(new KeepCause());
  // Without the deferral Nest would bind the handlers before the filter is known; from here on it does as Nest does.
  microservice.registerListeners();
  microservice.setIsInitialized(true);
  microservice.setIsInitHookCalled(true);
  return microservice;
}
