import type { Driver } from './driver.ts';

/** A driver with other methods in place of its own; what it cannot do, it cannot do in another way either. */
export function withMethods(driver: Driver, methods: Partial<Driver>): Driver {
  return new Proxy(driver, {
    get: (_, name) => {
      const own: unknown = Reflect.get(driver, name);
      const from = own !== undefined && name in methods ? methods : driver;
      const value: unknown = Reflect.get(from, name);
      return typeof value === 'function' ? value.bind(from) : value;
    },
  });
}
