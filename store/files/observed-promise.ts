/** Promises that are awaited later than they are made. */

/**
 * Marks a promise as looked after: it is awaited later, and until then its failure must not count as unhandled. The
 * failure is not lost, the later await gets it.
 */
export function observed<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}
