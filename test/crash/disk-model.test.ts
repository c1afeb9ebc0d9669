import assert from 'node:assert/strict';

import { SeededRandom } from '../../simulations/index.ts';
import type { TraceEvent } from '../support/syscalls/read-trace.ts';
import { crashStates } from './crash-states.ts';
import type { DiskImage } from './disk-image.ts';
import { DiskModel } from './disk-model.ts';

const NOTHING = { process: 1, flags: 0, handle: 0, value: 0, path: '', secondPath: '' };

function event(facts: Pick<TraceEvent, 'operation'> & Partial<TraceEvent>): TraceEvent {
  return { ...NOTHING, data: Buffer.alloc(0), ...facts };
}

/** A file replaced in the way that is right, as far as it is told: written beside it, synced, renamed, folder synced. */
const REPLACED: readonly TraceEvent[] = [
  event({ operation: 'create', path: '/d/new', handle: 1, value: 0o600 }),
  event({ operation: 'write', path: '/d/new', handle: 1, data: Buffer.alloc(1300, 'n') }),
  event({ operation: 'fsync', path: '/d/new', handle: 1 }),
  event({ operation: 'rename', path: '/d/new', secondPath: '/d/file' }),
  event({ operation: 'open', path: '/d', handle: 2 }),
  event({ operation: 'fsync', path: '/d', handle: 2 }),
];

const OLD: DiskImage = new Map([
  ['file', { kind: 'file', mode: 0o600, content: Buffer.from('old') }],
]);

/** What each state has in `file` after these events, by its variant: `-` for no such file. */
function contents(events: readonly TraceEvent[]): Map<string, string> {
  const model = new DiskModel('/d', OLD);
  let last;
  for (const one of events) last = model.take(one);
  const found = new Map<string, string>();
  for (const { variant, image } of crashStates(model, last, new SeededRandom(1))) {
    const entry = image().get('file');
    found.set(variant, entry?.kind === 'file' ? entry.content.toString() : '-');
  }
  return found;
}

const WHOLE = 'n'.repeat(1300);

describe('the states of a disk after a crash', () => {
  it('have the old file or the new one while it is replaced rightly', () => {
    for (let count = 0; count < REPLACED.length; count += 1) {
      for (const [variant, content] of contents(REPLACED.slice(0, count))) {
        assert.ok(content === 'old' || content === WHOLE, `${variant} after ${count}: ${content}`);
      }
    }
  });

  it('have the new file only, and no more states, once its folder was synced', () => {
    assert.deepEqual([...contents(REPLACED)], [['arrived', WHOLE]]);
  });

  it('have a new file without its content when it was not synced before the rename', () => {
    const hasty = REPLACED.filter(({ operation, handle }) => operation !== 'fsync' || handle !== 1);
    const found = contents(hasty.slice(0, 3));
    assert.equal(found.get('arrived'), WHOLE);
    assert.equal(found.get('synced-free'), 'old');
    assert.equal(found.get('names-without-data'), '');
    assert.equal(found.get('zeros'), '\0'.repeat(1300));
    const flipped = found.get('flip')!;
    assert.ok(flipped.length === 1300 && flipped !== WHOLE);
    assert.ok(found.get('short')!.length < 1300);
  });

  it('tear a write at sectors', () => {
    const events = [
      event({ operation: 'create', path: '/d/file', handle: 1, value: 0o600 }),
      event({ operation: 'write', handle: 1, path: '/d/file', data: Buffer.alloc(1300, 'n') }),
    ];
    const torn = contents(events).get('torn')!;
    assert.ok(['old', 'n'.repeat(512), 'n'.repeat(1024)].includes(torn), String(torn.length));
  });

  it('differ in names: a folder must be synced, or a journal keeps the order', () => {
    const events = [
      event({ operation: 'create', path: '/d/other', handle: 1, value: 0o600 }),
      event({ operation: 'unlink', path: '/d/file' }),
      event({ operation: 'create', path: '/d/last', handle: 2, value: 0o600 }),
      event({ operation: 'fsync', path: '/d/last', handle: 2 }),
    ];
    const found = contents(events);
    // The sync of the last file takes along every name that came before its own.
    assert.equal(found.get('synced-journalled'), '-');
    assert.equal(found.get('synced-free'), 'old');
  });
});
