/** Every case against a node that is watched from outside; what each may cost is in `hostile-case.ts`. */
import { Arena } from './arena.ts';
import { CONVERSATION_CASES } from './cases/conversation-cases.ts';
import { FRAME_CASES } from './cases/frame-cases.ts';
import { MEMORY_CASES } from './cases/memory-cases.ts';
import { NETWORK_CASES } from './cases/network-cases.ts';
import { PUSH_CASES, REF_CASES } from './cases/push-cases.ts';
import { STRANGER_CASES } from './cases/stranger-cases.ts';
import type { CaseGroup } from './hostile-case.ts';
import { ProcessWatch } from './process-watch.ts';

const GROUPS: readonly CaseGroup[] = [
  PUSH_CASES,
  REF_CASES,
  NETWORK_CASES,
  STRANGER_CASES,
  FRAME_CASES,
  CONVERSATION_CASES,
  MEMORY_CASES,
];

describe('a node in front of', function () {
  this.timeout(120_000);
  let arena: Arena | undefined;

  before(async function () {
    // Processes are watched through /proc.
    if (!ProcessWatch.isPossible) this.skip();
    arena = await Arena.open();
  });
  after(async () => {
    await arena?.close();
  });

  for (const { who, cases } of GROUPS) {
    describe(`${who} that`, () => {
      for (const one of cases.filter(({ waits }) => waits !== true)) {
        it(one.title, async () => {
          await arena!.run(one);
        });
      }
    });
  }

  const waiting = GROUPS.flatMap(({ cases }) => cases.filter(({ waits }) => waits === true));
  it(`peers that take their time, all at once: ${waiting.map(({ title }) => title).join('; ')}`, async () => {
    await arena!.runTogether(waiting);
  });

  it('has lost nothing in the end', async () => {
    await arena!.assertNothingLost();
  });
});
