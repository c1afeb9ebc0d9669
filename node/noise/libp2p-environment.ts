/** What libp2p's packages expect around them. */
import type { ComponentLogger, Logger } from '@libp2p/interface';

type Resolvers<T> = {
  promise: Promise<T>;
  resolve: (value: T | PromiseLike<T>) => void;
  reject: (reason?: unknown) => void;
};

/** Node 20 lacks `Promise.withResolvers` (ES2024), which libp2p's packages call. */
export function fillInPromiseWithResolvers(): void {
  if ('withResolvers' in Promise) return;
  Object.defineProperty(Promise, 'withResolvers', {
    configurable: true,
    writable: true,
    value: function withResolvers<T>(this: PromiseConstructor): Resolvers<T> {
      const made: Partial<Resolvers<T>> = {};
      const promise = new this<T>((resolve, reject) => Object.assign(made, { resolve, reject }));
      return Object.assign(made, { promise }) as Resolvers<T>;
    },
  });
}

const ignore = (): void => undefined;

/** What went wrong is told by errors; libp2p's own log is not shown. */
export const silentLibp2pLog: Logger = Object.assign(ignore, {
  enabled: false,
  error: ignore,
  trace: ignore,
  newScope: (): Logger => silentLibp2pLog,
});

export const silentLibp2pLogger: ComponentLogger = { forComponent: () => silentLibp2pLog };
