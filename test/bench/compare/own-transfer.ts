/** Our side of a transfer: push, take in and push the edit, push nothing, clone; every result is checked. */
import { join } from 'node:path';
import type { SetName } from '../data-sets.ts';
import { DitsSide, RelaySide, replaceContent, type DitsResult } from '../dits-side.ts';
import type { BenchContext } from '../section.ts';
import { emptyFolder, expectEqual, expectSameContent, settleDisk } from './scratch.ts';

export type OwnTransfer = {
  readonly seconds: {
    readonly push: number;
    /** Taking the edit in, and pushing it. */
    readonly edit: number;
    readonly nothing: number;
    readonly clone: number;
  };
  /** Both directions, framing included. */
  readonly wireBytes: { readonly edit: number; readonly nothing: number };
  /** Highest resident memory of a pushing command, a clone or the relay. */
  readonly peakBytes: number;
};

const REPOSITORY = 'bench';

type Prepared = { readonly side: DitsSide; readonly relay: RelaySide; readonly tree: string };

/** A working tree with a commit, a relay that knows its owner, and the remote set up. */
async function prepare(context: BenchContext, set: SetName): Promise<Prepared & { head: unknown }> {
  const root = emptyFolder(context.work, 'ours');
  const side = new DitsSide(join(root, 'a'));
  const relay = new RelaySide(join(root, 'relay'));
  await relay.run(['peer', 'add', await side.peerId(), '--name', 'a', '--access', 'admin']);
  await side.run(['peer', 'add', await relay.peerId(), '--name', 'relay']);
  const tree = await side.workingTree('tree', context.dataSet(set));
  await side.run(['add', '-A', '.'], tree);
  const { result } = await side.run(['commit', '-m', 'first'], tree);
  await relay.start();
  await side.run(['remote', 'add', 'origin', `${relay.address}/${REPOSITORY}`], tree);
  settleDisk();
  return { side, relay, tree, head: result['id'] };
}

/** Pushes, and checks that the remote's branch is what was committed here. */
async function push({ side, tree }: Prepared, head: unknown, how: string): Promise<DitsResult> {
  const pushed = await side.run(['push', 'origin', 'main'], tree);
  const [ref] = pushed.result['refs'] as { name: string; new: string; result: string }[];
  expectEqual(ref?.new, head, 'the branch of the remote');
  expectEqual(ref?.result, how, 'the result of the push');
  return pushed;
}

/** What crossed the network. */
function wireBytes({ result }: DitsResult): number {
  const { wire } = result['bytes'] as { wire: unknown };
  if (typeof wire !== 'number') throw new Error(`no bytes.wire in ${JSON.stringify(result)}`);
  return wire;
}

/** Clones into a new folder, and checks head and content. */
async function clone(
  { side, relay }: Prepared,
  expected: { readonly head: unknown; readonly content: string; readonly into: string },
): Promise<DitsResult> {
  const copy = join(side.directory, expected.into);
  const cloned = await side.run(['clone', `${relay.address}/${REPOSITORY}`, copy]);
  expectEqual(cloned.result['head'], expected.head, 'the head of the clone');
  await expectSameContent(expected.content, copy);
  return cloned;
}

export async function transferOurs(context: BenchContext, set: SetName): Promise<OwnTransfer> {
  const { head, ...prepared } = await prepare(context, set);
  const { side, relay, tree } = prepared;
  const [source, edited] = [context.dataSet(set), context.dataSet(`${set}-edit`)];
  try {
    const first = await push(prepared, head, 'created');
    settleDisk();
    const cloned = await clone(prepared, { head, content: source, into: 'clone' });
    await replaceContent(tree, edited);
    settleDisk();
    const added = await side.run(['add', '-A', '.'], tree);
    const committed = await side.run(['commit', '-m', 'edit'], tree);
    const newHead = committed.result['id'];
    const second = await push(prepared, newHead, 'updated');
    const third = await push(prepared, newHead, 'up-to-date');
    const peakBytes = Math.max(
      ...[first, second, cloned].map((command) => command.peakBytes),
      relay.peakBytes(),
    );
    await clone(prepared, { head: newHead, content: edited, into: 'clone-edit' });
    await relay.run(['fsck'], join(relay.data, REPOSITORY));
    return {
      seconds: {
        push: first.seconds,
        edit: added.seconds + committed.seconds + second.seconds,
        nothing: third.seconds,
        clone: cloned.seconds,
      },
      wireBytes: { edit: wireBytes(second), nothing: wireBytes(third) },
      peakBytes,
    };
  } finally {
    await relay.stop();
  }
}
