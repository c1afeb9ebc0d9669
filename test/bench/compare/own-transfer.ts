/** Our side of a transfer: push, take in and push the edit, push nothing, clone; every result is checked. */
import { join } from 'node:path';
import type { SetName } from '../data-sets.ts';
import { replaceContent, type DitsResult } from '../dits-side.ts';
import {
  connectedPair,
  relayRepository,
  wireBytes,
  type ConnectedPair,
} from '../connected-pair.ts';
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

type Prepared = ConnectedPair & { readonly tree: string };

/** A working tree with a commit, and a relay that is its remote. */
async function prepare(context: BenchContext, set: SetName): Promise<Prepared & { head: unknown }> {
  const pair = await connectedPair(emptyFolder(context.work, 'ours'));
  const tree = await pair.side.workingTree('tree', context.dataSet(set));
  await pair.side.run(['add', '-A', '.'], tree);
  const { result } = await pair.side.run(['commit', '-m', 'first'], tree);
  await pair.side.run(['remote', 'add', 'origin', pair.address], tree);
  settleDisk();
  return { ...pair, tree, head: result['id'] };
}

/** Pushes, and checks that the remote's branch is what was committed here. */
async function push({ side, tree }: Prepared, head: unknown, how: string): Promise<DitsResult> {
  const pushed = await side.run(['push', 'origin', 'main'], tree);
  const [ref] = pushed.result['refs'] as { name: string; new: string; result: string }[];
  expectEqual(ref?.new, head, 'the branch of the remote');
  expectEqual(ref?.result, how, 'the result of the push');
  return pushed;
}

/** Clones into a new folder, and checks head and content. */
async function clone(
  { side, address }: Prepared,
  expected: { readonly head: unknown; readonly content: string; readonly into: string },
): Promise<DitsResult> {
  const copy = join(side.directory, expected.into);
  const cloned = await side.run(['clone', address, copy]);
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
    await relay.run(['fsck'], relayRepository(relay));
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
