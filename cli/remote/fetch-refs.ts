/**
 * The receiving half of every remote verb: brings what the remote's branches and tags need, then moves the refs in which
 * we keep them.
 */
import {
  checkRefName,
  isBranchRef,
  isTagRef,
  shortRefName,
  StoreError,
  type ObjectId,
  type ObjectReader,
  type Ref,
  type RefName,
} from '../../store/index.ts';
import { completeAndUpdateRefs, type RemoteRefs, type SyncReport } from '../../protocol/index.ts';
import { trackingRef } from '../../repo/index.ts';
import type { CommandContext } from '../command-context.ts';
import type { DiskRepository } from '../open-repository.ts';
import { printable } from '../terminal/printable.ts';
import type { RemoteLink } from './remote-link.ts';
import { listRefs, pull } from './resumed-transfer.ts';
import { logicalSize } from './logical-size.ts';
import { ArrivingObjects } from './arriving-objects.ts';
import { showProgress, type RefReport, type Transfer } from './transfer-report.ts';

/** Where the remote's refs are kept here. */
export type RefMap =
  /** Branches under `refs/remotes/REMOTE/`, tags where they are. */
  | { readonly kind: 'tracking'; readonly remote: string }
  /** Everything under its own name: for bare clones. */
  | { readonly kind: 'mirror' };

/** What a fetch found and did. */
export type Fetched = Transfer & { readonly remoteRefs: RemoteRefs };

/** What can be read of a transfer that is under way. */
export type Arriving = {
  readonly remoteRefs: RemoteRefs;
  /** Waits for objects that have not come yet. */
  readonly reader: ObjectReader;
};

type FetchRequest = {
  readonly repository: DiskRepository;
  readonly link: RemoteLink;
  readonly map: RefMap;
  /** Work on what arrives, begun with the transfer and awaited. It handles its own errors. */
  readonly alongside?: ((arriving: Arriving) => Promise<void>) | undefined;
};

/** A ref of the remote and the ref of ours that follows it. */
type Pair = { readonly remote: Ref; readonly local: RefName; readonly old: ObjectId | null };

/** Fetches all branches and tags. */
export async function fetchRefs(context: CommandContext, request: FetchRequest): Promise<Fetched> {
  const { repository, link, map } = request;
  const startedMs = performance.now();
  const { signal } = context;
  const remoteRefs = await listRefs(link, { signal });
  const { refs, objects } = repository.store;
  const held = await refs.list();
  const pairs = pairRefs(context, { remoteRefs, held, map });
  const release = await repository.store.hold();
  try {
    const values = new Set(held.map(({ target }) => target));
    const wants = [...new Set(pairs.map(({ remote }) => remote.target))];
    const missing = wants.filter((id) => !values.has(id));
    const report =
      missing.length === 0
        ? undefined
        : await bring(context, request, { remoteRefs, wants: missing, haves: [...values] });
    const reports = await moveRefs(context, repository, pairs);
    return {
      refs: reports,
      report,
      logicalBytes:
        report === undefined
          ? 0
          : await logicalSize(objects, reports, { base: await headTarget(repository), signal }),
      wireBytes: link.wireBytes(),
      path: link.path,
      reconnectCount: link.reconnectCount,
      elapsedMs: performance.now() - startedMs,
      remoteRefs,
    };
  } finally {
    await release();
  }
}

/** Brings what is missing, and lets others work on what has come already. */
async function bring(
  context: CommandContext,
  { repository, link, alongside }: FetchRequest,
  facts: {
    readonly remoteRefs: RemoteRefs;
    readonly wants: readonly ObjectId[];
    readonly haves: readonly ObjectId[];
  },
): Promise<SyncReport> {
  const { remoteRefs, wants, haves } = facts;
  const { signal } = context;
  const arriving = new ArrivingObjects(repository.store.objects);
  const work = alongside?.({ remoteRefs, reader: arriving.reader });
  try {
    const onProgress = showProgress(context);
    return await pull(link, { store: arriving.sink, wants, haves, signal, onProgress });
  } catch (error) {
    arriving.end(error instanceof Error ? error : new Error(String(error)));
    throw error;
  } finally {
    arriving.end();
    await work;
  }
}

function pairRefs(
  context: CommandContext,
  facts: {
    readonly remoteRefs: RemoteRefs;
    readonly held: readonly Ref[];
    readonly map: RefMap;
  },
): readonly Pair[] {
  const values = new Map(facts.held.map(({ name, target }) => [name, target]));
  const pairs: Pair[] = [];
  for (const { name, target } of facts.remoteRefs.refs) {
    const checked = acceptName(context, name);
    const local = checked === undefined ? undefined : localNameOf(checked, facts.map);
    if (checked === undefined || local === undefined) continue;
    const old = values.get(local) ?? null;
    // A tag says the same for ever: one that differs here is not overwritten by somebody else's.
    if (isTagRef(local) && old !== null && old !== target) {
      context.output.warn(`tag ${printable(shortRefName(local))} differs on the remote; kept ours`);
      continue;
    }
    pairs.push({ remote: { name: checked, target }, local, old });
  }
  return pairs;
}

/** What HEAD leads to here; undefined before the first commit. */
async function headTarget({ store }: DiskRepository): Promise<ObjectId | undefined> {
  const head = await store.refs.head();
  return head.kind === 'branch' ? store.refs.get(head.name) : head.target;
}

/** Names come from the peer: what is no proper name is left out, loudly. */
function acceptName({ output }: CommandContext, name: string): RefName | undefined {
  try {
    return checkRefName(name);
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    output.warn(`left out a ref with an unacceptable name: ${printable(name)}`);
    return undefined;
  }
}

function localNameOf(name: RefName, map: RefMap): RefName | undefined {
  if (isTagRef(name)) return name;
  if (!isBranchRef(name)) return undefined;
  return map.kind === 'mirror' ? name : trackingRef(map.remote, shortRefName(name));
}

async function moveRefs(
  context: CommandContext,
  repository: DiskRepository,
  pairs: readonly Pair[],
): Promise<readonly RefReport[]> {
  const { objects, refs } = repository.store;
  const changed = pairs.filter(({ remote, old }) => remote.target !== old);
  const results = await completeAndUpdateRefs(
    { objects, refs },
    changed.map(({ local, old, remote }) => ({
      name: local,
      old,
      new: remote.target,
      // The remote's branches are the remote's business: we keep where they are, wherever they went.
      force: true,
    })),
    {
      context: { actor: repository.user.name ?? 'local', reason: 'fetch' },
      names: 'any',
      signal: context.signal,
    },
  );
  const outcomes = new Map(changed.map(({ local }, index) => [local, results[index]]));
  return pairs.map(({ remote, local, old }) => {
    const outcome = outcomes.get(local);
    return {
      name: remote.name,
      old,
      new: remote.target,
      result: outcome?.result ?? 'up-to-date',
      message: outcome?.message === '' ? undefined : outcome?.message,
    };
  });
}
