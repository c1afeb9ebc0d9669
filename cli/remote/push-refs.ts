/** The sending half: sends what the remote lacks of some refs, then asks it to move them. */
import {
  isAncestor,
  isBranchRef,
  resolveToCommit,
  type CommitId,
  type ObjectId,
  type RefName,
} from '../../store/index.ts';
import type { RemoteRefs, WireRefChange } from '../../protocol/index.ts';
import { trackingRef } from '../../repo/index.ts';
import type { CommandContext } from '../command-context.ts';
import type { DiskRepository } from '../open-repository.ts';
import type { RemoteLink } from './remote-link.ts';
import type { JudgedChange } from './sign-moves.ts';
import { listRefs, push, updateRefs } from './resumed-transfer.ts';
import { logicalSize } from './logical-size.ts';
import { showProgress, type RefReport, type Transfer } from './transfer-report.ts';

/** A ref to move on the remote; `target` null deletes it. */
export type PushRequest = { readonly name: RefName; readonly target: ObjectId | null };

type Pushing = {
  readonly repository: DiskRepository;
  readonly link: RemoteLink;
  readonly requests: readonly PushRequest[];
  readonly isForced: boolean;
  /** Name of the remote; undefined for a bare address. */
  readonly remoteName?: string | undefined;
};

export async function pushRefs(context: CommandContext, pushing: Pushing): Promise<Transfer> {
  const startedMs = performance.now();
  const { signal } = context;
  const { repository, link } = pushing;
  const remote = await listRefs(link, { signal });
  const values = new Map<string, ObjectId>(remote.refs.map(({ name, target }) => [name, target]));
  const judged = await Promise.all(
    pushing.requests.map((request) => judge(pushing, request, values.get(request.name) ?? null)),
  );
  const judgedChanges = judged.filter((one): one is JudgedChange => !('result' in one));
  const changes = await signed(context, { ...pushing, remote }, judgedChanges);
  const release = await repository.store.hold();
  try {
    const wants = [...new Set(changes.flatMap((change) => change.new ?? []))];
    const report =
      wants.length === 0
        ? undefined
        : await push(link, {
            store: repository.store.objects,
            wants,
            haves: [...new Set(values.values())],
            signal,
            onProgress: showProgress(context),
          });
    const results = changes.length === 0 ? [] : await updateRefs(link, changes, { signal });
    const outcomes = new Map(results.map((result) => [result.name, result]));
    const refs = judged.map((one): RefReport => {
      if ('result' in one) return one;
      const outcome = outcomes.get(one.name);
      const message = outcome?.message === '' ? undefined : outcome?.message;
      const { name, old } = one;
      return { name, old, new: one.new, result: outcome?.result ?? 'incomplete', message };
    });
    if (pushing.remoteName !== undefined) {
      await noteRemoteBranches(pushing, pushing.remoteName, { refs, changes });
    }
    return {
      refs,
      report,
      logicalBytes:
        report === undefined
          ? 0
          : await logicalSize(repository.store.objects, refs, { base: headOf(remote), signal }),
      wireBytes: link.wireBytes(),
      path: link.path,
      pathReason: link.pathReason,
      reconnectCount: link.reconnectCount,
      elapsedMs: performance.now() - startedMs,
    };
  } finally {
    await release();
  }
}

/** What the remote's HEAD leads to. */
function headOf({ head, refs }: RemoteRefs): ObjectId | undefined {
  return head.kind === 'detached'
    ? head.target
    : refs.find(({ name }) => name === head.name)?.target;
}

async function signed(
  context: CommandContext,
  pushing: Pushing & { readonly remote: RemoteRefs },
  changes: readonly JudgedChange[],
): Promise<readonly WireRefChange[]> {
  if (changes.length === 0) return [];
  const { signChanges } = await import('./sign-moves.ts');
  return signChanges(context, { ...pushing, remoteName: pushing.remoteName }, changes);
}

/** What can be answered without the remote is: there, rejected; the rest becomes a change to ask for. */
async function judge(
  { repository, isForced }: Pushing,
  { name, target }: PushRequest,
  old: ObjectId | null,
): Promise<RefReport | JudgedChange> {
  if (old === target) return { name, old, new: target, result: 'up-to-date' };
  const isForward =
    old === null || (target !== null && (await leadsTo(repository, name, old, target)));
  if (!isForward && target !== null && !isForced) {
    return { name, old, new: target, result: 'rejected-non-fast-forward' };
  }
  return { name, old, new: target, force: isForced, isForward };
}

/** Whether a branch moves forward only. What the remote has and we have not cannot be part of our history. */
async function leadsTo(
  { store }: DiskRepository,
  name: RefName,
  old: ObjectId,
  target: ObjectId,
): Promise<boolean> {
  if (!isBranchRef(name)) return false;
  const [info] = await store.objects.info([old]);
  if (info?.kind !== 'commit') return false;
  const commit = await resolveToCommit(store.objects, target);
  return isAncestor(store.objects, old as CommitId, commit);
}

/** Notes where the remote's branches are now, and what was signed for that. */
async function noteRemoteBranches(
  { repository, link }: Pushing,
  remoteName: string,
  pushed: { readonly refs: readonly RefReport[]; readonly changes: readonly WireRefChange[] },
): Promise<void> {
  const repositoryId = link.repository.custody?.repositoryId;
  const moves = new Map(pushed.changes.map(({ name, move }) => [name, move]));
  const noted = pushed.refs.flatMap(({ name, new: target, result }) => {
    const isThere = ['updated', 'created', 'up-to-date', 'deleted'].includes(result);
    const branch = name.startsWith('refs/heads/') ? name.slice('refs/heads/'.length) : undefined;
    if (!isThere || branch === undefined) return [];
    const move = result === 'up-to-date' ? undefined : moves.get(name);
    const isSigned = move !== undefined && repositoryId !== undefined;
    const kept = isSigned ? { ...move, repository: repositoryId } : undefined;
    return [{ name: trackingRef(remoteName, branch), target, move: kept }];
  });
  const { refs: store } = repository.store;
  const held = new Map((await store.list()).map((ref) => [ref.name, ref.target]));
  const needed = noted.filter(
    ({ name, target, move }) => move !== undefined || (held.get(name) ?? null) !== target,
  );
  if (needed.length === 0) return;
  await store.update(needed, { actor: repository.user.name ?? 'local', reason: 'push' });
}
