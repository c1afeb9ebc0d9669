import assert from 'node:assert/strict';
import type { ObjectId } from '../../store/index.ts';
import { UploadTurns } from '../../protocol/index.ts';
import { VirtualClock } from '../../simulations/virtual-clock.ts';

const AT_A_TIME = 4;
const id = (byte: number): ObjectId => byte.toString(16).padStart(2, '0').repeat(32) as ObjectId;

describe('turns of feeds', () => {
  it('are taken by so many at a time, the others in the order of coming', async () => {
    const turns = new UploadTurns(new VirtualClock());
    const { signal } = new AbortController();
    const ends = [];
    for (let count = 0; count < AT_A_TIME; count++) ends.push(await turns.acquire(() => 0, signal));
    const granted: string[] = [];
    const wait = async (name: string, urgency: number): Promise<() => void> => {
      const end = await turns.acquire(() => urgency, signal);
      granted.push(name);
      return end;
    };
    const waiting = [wait('sent twice', 2), wait('first', 0), wait('second', 0)];
    await new Promise(setImmediate);
    assert.deepEqual(granted, []);
    for (const end of ends.slice(0, 3)) {
      end();
      await new Promise(setImmediate);
    }
    assert.deepEqual(granted, ['first', 'second', 'sent twice']);
    for (const end of [...ends.slice(3), ...(await Promise.all(waiting))]) end();
  });

  it('tell whether a feed has the link to itself', () => {
    const turns = new UploadTurns(new VirtualClock());
    const leave = turns.enter();
    assert.equal(turns.isAlone, true);
    const leaveToo = turns.enter();
    assert.equal(turns.isAlone, false);
    leaveToo();
    assert.equal(turns.isAlone, true);
    leave();
  });

  it('pass from a peer that does not read to the next', async () => {
    const clock = new VirtualClock();
    await clock.run(async () => {
      const turns = new UploadTurns(clock);
      const { signal } = new AbortController();
      for (let count = 0; count < AT_A_TIME; count++) await turns.acquire(() => 0, signal);
      const end = await turns.acquire(() => 0, signal);
      assert.ok(clock.now() >= 5_000 && clock.now() < 11_000, String(clock.now()));
      end();
    });
  });

  it('are given back by one that stops waiting', async () => {
    const clock = new VirtualClock();
    await clock.run(async () => {
      const turns = new UploadTurns(clock);
      const controller = new AbortController();
      const { signal } = new AbortController();
      const ends = [];
      for (let count = 0; count < AT_A_TIME; count++) {
        ends.push(await turns.acquire(() => 0, signal));
      }
      const gone = assert.rejects(
        turns.acquire(() => 0, controller.signal),
        { message: 'gone' },
      );
      controller.abort(new Error('gone'));
      await gone;
      const startMs = clock.now();
      ends[0]!();
      (await turns.acquire(() => 0, signal))();
      assert.equal(clock.now(), startMs);
    });
  });

  it('remember how often each of the latest chunks was sent', () => {
    const turns = new UploadTurns(new VirtualClock());
    turns.note([id(1), id(2)]);
    turns.note([id(1)]);
    assert.deepEqual(
      [1, 2, 3].map((byte) => turns.sentCount(id(byte))),
      [2, 1, 0],
    );
    const many = Array.from({ length: 65_536 }, (_, at) => `${at}`.padStart(64, '0') as ObjectId);
    turns.note(many);
    assert.equal(turns.sentCount(id(1)), 0);
    assert.equal(turns.sentCount(many.at(-1)!), 1);
  });
});
