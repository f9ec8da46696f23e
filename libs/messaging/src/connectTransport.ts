import {
  Catch,
  type INestApplication,
  type INestMicroservice,
  type RpcExceptionFilter,
} from '@nestjs/common';
import { throwError, type Observable } from 'rxjs';
import type { MappaKafkaTransport } from './mappaKafkaTransport.ts';

/** Nest's own filter would replace every error by "Internal server error"; the transport logs and retries, so it needs the cause. */
@Catch()
class KeepCause implements RpcExceptionFilter {
  catch(error: unknown): Observable<never> {
    return throwError(() => error);
  }
}

/** Adds the transport to an app. It starts with `app.startAllMicroservices()` and ends with the app. */
export function connectTransport(app: INestApplication, transport: MappaKafkaTransport): INestMicroservice {
  return app.connectMicroservice({ strategy: transport }).useGlobalFilters(new KeepCause());
}
