/**
 * Bugs to put into the compiled modules, one at a time, to see whether a simulation notices (docs/simulation.md). Each is a
 * piece of text that must occur exactly once in its module.
 */
export type PlantedBug = {
  readonly name: string;
  /** End of the module's address. */
  readonly module: string;
  readonly find: string;
  readonly replace: string;
  /** The first seed, from 1 on, whose history noticed it. */
  readonly seed: number;
};

/** Histories from that seed on within which it must be noticed: a scenario that draws otherwise shifts what they find. */
export const HUNT_HISTORIES_MAX = 40;

export const PLANTED_BUGS: readonly PlantedBug[] = [
  {
    name: 'segment-not-synced',
    module: '/store/segments/segment-writer.js',
    find: 'await segment.file.sync();',
    replace: '',
    seed: 1,
  },
  {
    name: 'index-before-data',
    module: '/store/segments/segment-writer.js',
    find: 'await this.#sync(snapshot);',
    replace:
      'await this.#deps.index.apply({ puts: snapshot.records, watermarks: snapshot.watermarks }); await this.#sync(snapshot);',
    seed: 1,
  },
  {
    name: 'acknowledged-before-durable',
    module: '/store/segments/segment-store.js',
    find: 'await this.#queued;',
    replace: '',
    seed: 1,
  },
  {
    name: 'transfer-done-before-durable',
    module: '/protocol/sync/sync-sink.js',
    find: 'await this.#deps.store.flush();',
    replace: '',
    seed: 2,
  },
  {
    name: 'resume-off-by-one',
    module: '/protocol/sync/check-ledger.js',
    find: 'response.present[index] === false',
    replace: 'response.present[index + 1] === false',
    seed: 1,
  },
  {
    name: 'chunk-not-verified',
    module: '/store/segments/segment-store.js',
    find: 'const checks = await Promise.allSettled(records.map(verifyRecord));',
    replace: 'const checks = await Promise.allSettled([]);',
    seed: 8,
  },
  {
    name: 'ref-before-its-objects',
    module: '/protocol/refs/ref-updates.js',
    find: 'if (missing.length > 0) {',
    replace: 'if (missing.length > 1e9) {',
    seed: 11,
  },
  {
    name: 'compare-and-set-without-compare',
    module: '/store/refs/ref-transaction.js',
    find: '(state.refs.get(name) ?? null) !== expected',
    replace: 'false',
    seed: 1,
  },
  {
    name: 'refs-not-synced',
    module: '/store/files/replace-blob.js',
    find: 'await file.sync();',
    replace: '',
    seed: 1,
  },
  {
    name: 'refs-folder-not-synced',
    module: '/store/files/replace-blob.js',
    find: 'await files.syncFolder();',
    replace: '',
    seed: 1,
  },
  {
    name: 'reflog-not-synced',
    module: '/store/files/line-blob.js',
    find: 'await file.sync();',
    replace: '',
    seed: 1,
  },
  {
    name: 'gc-without-grace',
    module: '/store/maintenance/gc.js',
    find: 'options.graceMs !== 0 && found.modifiedMs > youngAfterMs',
    replace: 'false',
    seed: 40,
  },
  {
    name: 'gc-ignores-holds',
    module: '/store/maintenance/gc.js',
    find: "await deps.hold('exclusive', options.signal)",
    replace: "await deps.hold('shared', options.signal)",
    seed: 50,
  },
  {
    name: 'compaction-drops-copies',
    module: '/store/maintenance/compact-segments.js',
    find: 'await writer.commit();',
    replace: '',
    seed: 1,
  },
];
