import { freePort } from '../../deploy/local/processes/free-port.ts';

/** A free port for each part of a whole stack. */
export const stackPorts = async () => ({
  catalog: await freePort(),
  connector: await freePort(),
  sandbox: await freePort(),
  postgres: await freePort(),
  kafka: await freePort(),
  'kafka-controller': await freePort(),
});
