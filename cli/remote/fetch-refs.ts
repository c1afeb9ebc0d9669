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
  type ObjectStore,
  type Ref,
  type RefName,
} from '../../store/index.ts';
import type { Disbelief } from '../../node/index.ts';
import {
  completeAndUpdateRefs,
  type RemoteRefs,
  type WireRef,
  type WireRefResult,
} from '../../protocol/index.ts';
import { trackingRef } from '../../repo/index.ts';
import type { CommandContext } from '../command-context.ts';
import type { DiskRepository } from '../open-repository.ts';
import { printable } from '../terminal/printable.ts';
import type { RefJudge } from './believed-refs.ts';
import type { RemoteLink } from './remote-link.ts';
import { bringObjects, type Brought } from './bring-objects.ts';
import type { SourceChoice } from './extra-sources.ts';
import { listRefs } from './resumed-transfer.ts';
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
  /** Whether our refs are of whatever was fetched last, so that where they were says nothing about this remote. */
  readonly isUnnamed?: boolean | undefined;
  /** Take refs as they are shown, whoever moved them. */
  readonly trustsMoves?: boolean | undefined;
  /** What the user said about other places to take from. */
  readonly choice: SourceChoice;
  /** Work on what arrives, begun with the transfer and awaited. It handles its own errors. */
  readonly alongside?: ((arriving: Arriving) => Promise<void>) | undefined;
};

/** A ref of the remote and the ref of ours that follows it. */
type Pair = {
  readonly remote: WireRef & { readonly name: RefName };
  readonly local: RefName;
  readonly old: ObjectId | null;
  /** Ours, with who signed for it. */
  readonly remembered: Ref | undefined;
  /** Why the remote's is not taken. */
  readonly disbelief?: Disbelief | undefined;
};

/** Fetches all branches and tags. */
export async function fetchRefs(context: CommandContext, request: FetchRequest): Promise<Fetched> {
  const { repository, link, map } = request;
  const startedMs = performance.now();
  const { signal } = context;
  const listed = await listRefs(link, { signal });
  const { refs, objects } = repository.store;
  const held = await refs.list();
  const judge = await judgeOf(context, request);
  const found = pairRefs(context, { remoteRefs: listed, held, map });
  const pairs = found.map(({ remembered: last, ...pair }) => {
    const remembered = request.isUnnamed === true ? undefined : last;
    return { ...pair, remembered, disbelief: judge?.disbelief(pair.remote, remembered) };
  });
  const remoteRefs = withoutDisbelieved(listed, pairs);
  const believed = pairs.filter(({ disbelief }) => disbelief === undefined);
  const release = await repository.store.hold();
  let brought: Brought | undefined;
  try {
    const values = new Set(held.map(({ target }) => target));
    const wants = [...new Set(believed.map(({ remote }) => remote.target))];
    const missing = wants.filter((id) => !values.has(id));
    if (missing.length > 0) {
      brought = await bring(context, request, { remoteRefs, wants: missing, haves: [...values] });
    }
    const reports = await moveRefs(context, repository, {
      judge,
      pairs: await judgeHistory(objects, judge, pairs),
    });
    const otherBytes = await brought?.leave();
    return {
      refs: reports,
      report: brought?.report,
      sources: brought?.sources ?? [],
      logicalBytes:
        brought === undefined
          ? 0
          : await logicalSize(objects, reports, { base: await headTarget(repository), signal }),
      wireBytes: link.wireBytes() + (otherBytes ?? 0),
      path: link.path,
      pathReason: link.pathReason,
      reconnectCount: link.reconnectCount,
      elapsedMs: performance.now() - startedMs,
      remoteRefs,
    };
  } finally {
    await brought?.leave();
    await release();
  }
}

/** Brings what is missing, and lets others work on what has come already. */
async function bring(
  context: CommandContext,
  { repository, link, choice, alongside }: FetchRequest,
  facts: {
    readonly remoteRefs: RemoteRefs;
    readonly wants: readonly ObjectId[];
    readonly haves: readonly ObjectId[];
  },
): Promise<Brought> {
  const { remoteRefs, wants, haves } = facts;
  const { signal } = context;
  const arriving = new ArrivingObjects(repository.store.objects);
  const work = alongside?.({ remoteRefs, reader: arriving.reader });
  try {
    const onProgress = showProgress(context);
    const options = { store: arriving.sink, wants, haves, signal, onProgress };
    return await bringObjects(context, { repository, link, choice }, options);
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
  const held = new Map(facts.held.map((ref) => [ref.name, ref]));
  const pairs: Pair[] = [];
  for (const { name, target, move } of facts.remoteRefs.refs) {
    const checked = acceptName(context, name);
    const local = checked === undefined ? undefined : localNameOf(checked, facts.map);
    if (checked === undefined || local === undefined) continue;
    const remembered = held.get(local);
    const old = remembered?.target ?? null;
    // A tag says the same for ever: one that differs here is not overwritten by somebody else's.
    if (isTagRef(local) && old !== null && old !== target) {
      context.output.warn(`tag ${printable(shortRefName(local))} differs on the remote; kept ours`);
      continue;
    }
    pairs.push({ remote: { name: checked, target, move }, local, old, remembered });
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

/** Refs of a folder of this machine are as safe as ours: they are not judged. */
async function judgeOf(
  context: CommandContext,
  { repository, link, trustsMoves = false }: FetchRequest,
): Promise<RefJudge | undefined> {
  const serverId = link.peerId;
  if (serverId === undefined) return undefined;
  const { RefJudge } = await import('./believed-refs.ts');
  return RefJudge.create(context, repository, { link, serverId, isCredulous: trustsMoves });
}

function withoutDisbelieved(listed: RemoteRefs, pairs: readonly Pair[]): RemoteRefs {
  const disbelieved = new Set<string>(
    pairs.filter((pair) => pair.disbelief !== undefined).map(({ remote }) => remote.name),
  );
  return { ...listed, refs: listed.refs.filter(({ name }) => !disbelieved.has(name)) };
}

/** With what can only be said once the history is here. */
async function judgeHistory(
  objects: ObjectStore,
  judge: RefJudge | undefined,
  pairs: readonly Pair[],
): Promise<readonly Pair[]> {
  if (judge === undefined) return pairs;
  const judged: Pair[] = [];
  for (const pair of pairs) {
    const disbelief =
      pair.disbelief ?? (await judge.disbeliefInHistory(objects, pair.remote, pair.remembered));
    judged.push({ ...pair, disbelief });
  }
  return judged;
}

const DISBELIEF = {
  'rolled-back': { result: 'rejected-non-fast-forward', code: 'DITS_CLI_REF_ROLLED_BACK' },
  'not-vouched': { result: 'denied', code: 'DITS_CLI_REF_NOT_VOUCHED' },
} as const;

type Moving = { readonly judge: RefJudge | undefined; readonly pairs: readonly Pair[] };

async function moveRefs(
  context: CommandContext,
  repository: DiskRepository,
  { judge, pairs }: Moving,
): Promise<readonly RefReport[]> {
  const { objects, refs } = repository.store;
  const changed = pairs.filter(
    ({ remote, old, disbelief }) => disbelief === undefined && remote.target !== old,
  );
  const by = { actor: repository.user.name ?? 'local', reason: 'fetch' };
  const results = await completeAndUpdateRefs(
    { objects, refs },
    changed.map(({ local, old, remote }) => ({
      name: local,
      old,
      new: remote.target,
      // Whether the remote's branches went where they should has been judged.
      force: true,
      move: judge?.moveOf(remote),
    })),
    { context: by, names: 'any', signal: context.signal },
  );
  // Signed again where it was: the newer signature counts from now on.
  const signedAgain = pairs.flatMap(({ local, old, remote, disbelief }) => {
    const move = judge?.moveOf(remote);
    const isStill = disbelief === undefined && remote.target === old && move !== undefined;
    return isStill ? [{ name: local, expected: old, target: old, move }] : [];
  });
  if (signedAgain.length > 0) await refs.update(signedAgain, by);
  const outcomes = new Map(
    changed.map(({ local, remote }, index) => [local, meanwhile(remote, results[index])]),
  );
  return pairs.map((pair) => reportOf(pair, outcomes.get(pair.local), judge));
}

/** Nothing is refused for going back here: a ref that did not move was moved by another command, which saw the remote, too. */
function meanwhile(
  { target }: WireRef,
  outcome: WireRefResult | undefined,
): WireRefResult | undefined {
  if (outcome?.result !== 'rejected-non-fast-forward') return outcome;
  if (outcome.current === target) return { ...outcome, result: 'up-to-date', message: '' };
  return { ...outcome, result: 'locked', message: 'another command has moved it meanwhile' };
}

function reportOf(
  { remote, old, disbelief }: Pair,
  outcome: WireRefResult | undefined,
  judge: RefJudge | undefined,
): RefReport {
  const base = { name: remote.name, old, new: remote.target, movedBy: judge?.moverOf(remote) };
  if (disbelief !== undefined) {
    return { ...base, ...DISBELIEF[disbelief.kind], message: disbelief.message };
  }
  const message = outcome?.message === '' ? undefined : outcome?.message;
  return { ...base, result: outcome?.result ?? 'up-to-date', message };
}
