/** The cases that take too long to be run with every change. */
import { Arena } from './arena.ts';
import { LONG_CASES } from './cases/memory-cases.ts';
import { ProcessWatch } from './process-watch.ts';

describe('a node, for a minute, in front of', function () {
  this.timeout(240_000);
  let arena: Arena | undefined;

  before(async function () {
    // Processes are watched through /proc.
    if (!ProcessWatch.isPossible) this.skip();
    arena = await Arena.open();
  });
  after(async () => {
    await arena?.close();
  });

  for (const one of LONG_CASES.cases) {
    it(`${LONG_CASES.who} that ${one.title}`, async () => {
      await arena!.run(one);
      await arena!.assertNothingLost();
    });
  }
});
