/** The store of a process, watched: what it promises is noted, and held against what is on the disk at that moment. */
import {
  StoreError,
  type AbortOptions,
  type NewObject,
  type ObjectId,
  type ObjectRecord,
  type ObjectStore,
  type PutResult,
  type RefChange,
  type RefStore,
  type RefUpdateContext,
  type Store,
} from '../../store/index.ts';
import type { RepositoryWatch } from './repository-watch.ts';

/** What the protocol and the verbs use of a store. */
export type ObservedStore = {
  readonly objects: ObjectStore;
  readonly refs: RefStore;
  readonly hold: Store['hold'];
};

/** The store of a process on a machine. */
export function observe(store: Store, { watch, damage }: Observer): ObservedStore {
  return {
    objects: observeObjects(store.objects, { watch, damage }),
    refs: observeRefs(store.refs, watch),
    hold: () => store.hold(),
  };
}

/** Who looks, and what may happen to records between the disk and the link. */
export type Observer = {
  readonly watch: RepositoryWatch;
  readonly damage: (record: ObjectRecord) => ObjectRecord;
};

function observeObjects(objects: ObjectStore, { watch, damage }: Observer): ObjectStore {
  /** Put, and not known to be durable, with the wall clock from before. */
  let unflushed = new Map<ObjectId, number>();
  const note = (results: readonly PutResult[], beganMs: number): void => {
    for (const { id } of results) unflushed.set(id, beganMs);
  };
  return {
    has: (ids, options) => objects.has(ids, options),
    info: (ids, options) => objects.info(ids, options),
    get: (ids, options) => objects.get(ids, options),
    getRecords: async (ids, options) => (await objects.getRecords(ids, options)).map(damage),
    list: (options) => objects.list(options),
    listIdRows: (options) => objects.listIdRows(options),
    count: () => objects.count(),
    async put(given: readonly NewObject[], options?: AbortOptions): Promise<PutResult[]> {
      const beganMs = watch.wallMs();
      const results = await objects.put(given, options);
      note(results, beganMs);
      return results;
    },
    async putRecords(
      records: readonly ObjectRecord[],
      options?: AbortOptions,
    ): Promise<PutResult[]> {
      const beganMs = watch.wallMs();
      const results = await objects.putRecords(records, options);
      note(results, beganMs);
      return results;
    },
    async flush(): Promise<void> {
      const covered = unflushed;
      unflushed = new Map();
      await objects.flush();
      await watch.expect(() => watch.flushed(covered));
    },
  };
}

function observeRefs(refs: RefStore, watch: RepositoryWatch): RefStore {
  return {
    list: () => refs.list(),
    get: (name) => refs.get(name),
    head: () => refs.head(),
    repositoryId: () => refs.repositoryId(),
    setHead: (head, context) => refs.setHead(head, context),
    reflog: (name) => refs.reflog(name),
    async update(changes: readonly RefChange[], context: RefUpdateContext): Promise<void> {
      const settle = changes.map(({ name, expected = null, target }) =>
        watch.history.tried(name, expected, target),
      );
      try {
        await refs.update(changes, context);
      } catch (error) {
        // Any other failure may have come after the move.
        if (isRefusal(error)) for (const one of settle) one('refused');
        throw error;
      }
      await watch.expect(() => {
        for (const one of settle) one('happened');
        return watch.moved(changes);
      });
    },
  };
}

function isRefusal(error: unknown): boolean {
  if (!(error instanceof StoreError)) return false;
  return error.code === 'DITS_STORE_REF_CHANGED' || error.code === 'DITS_STORE_LOCKED';
}
