/** One transfer: nothing is sent that was there before it began, and when it is done everything is on the sink's disk. */
import { openStoreOf, walkReachable, type ObjectId } from '../../store/index.ts';
import type { SyncReport } from '../../protocol/index.ts';
import type { Machine } from '../machine/machine.ts';
import { Violation } from '../world.ts';

export type WatchedTransfer = {
  readonly source: Machine;
  readonly sink: Machine;
  readonly wants: readonly ObjectId[];
};

export class TransferWatch {
  readonly #transfer: WatchedTransfer;
  readonly #neededCount: number;
  readonly #isSwept: () => boolean;

  private constructor(transfer: WatchedTransfer, neededCount: number) {
    this.#transfer = transfer;
    this.#neededCount = neededCount;
    this.#isSwept = transfer.sink.watch.noteSweeps();
  }

  static async begin(transfer: WatchedTransfer): Promise<TransferWatch> {
    const { source, sink, wants } = transfer;
    const { objects } = openStoreOf(source.snapshot('now'));
    const held = sink.heldIds();
    let neededCount = 0;
    for await (const batch of walkReachable(objects, { wants, haves: [] })) {
      for (const { id } of batch) if (!held.has(id)) neededCount++;
    }
    return new TransferWatch(transfer, neededCount);
  }

  /** @throws Violation */
  async ended({ objects }: SyncReport): Promise<void> {
    const { source, sink, wants } = this.#transfer;
    // gc, or a lost index, may have taken what was there; and what nothing reaches yet, once the transfer was over.
    if (this.#isSwept()) return;
    if (objects.transferred > this.#neededCount) {
      const what = `${objects.transferred} objects, ${this.#neededCount} were missing`;
      throw new Violation('sent-again', `from ${source.name} to ${sink.name}: ${what}`);
    }
    await sink.watch.expectClosureDurable(wants);
  }
}
