/** `npm run faults -- [--verb V]… [--errno KIND]… [--at K] [--sample N] [--seed N] [--keep-on]`: a fault at every call. */
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';

import { FAULT_KINDS } from './fault-kinds.ts';
import { FAULT_VERBS } from './fault-verbs.ts';
import { runFaults } from './run-faults.ts';

const SEED_RANGE = 2 ** 31;

const text = { type: 'string' } as const;
const many = { type: 'string', multiple: true } as const;
const { values } = parseArgs({
  options: {
    verb: many,
    errno: many,
    at: text,
    sample: text,
    seed: text,
    'keep-on': { type: 'boolean' },
  },
});
const number = (value: string | undefined): number | undefined =>
  value === undefined ? undefined : Number(value);
const seed = number(values.seed) ?? randomInt(SEED_RANGE);
const known = { verb: FAULT_VERBS, errno: FAULT_KINDS };
for (const [option, list] of Object.entries(known)) {
  const names = list.map(({ name }) => name);
  for (const name of values[option as keyof typeof known] ?? []) {
    if (!names.includes(name)) throw new Error(`--${option} is one of ${names.join(', ')}`);
  }
}

let faults = 0;
let failures = 0;
const startMs = performance.now();
const { status, stderr } = await runFaults(
  {
    verbs: values.verb,
    kinds: values.errno,
    at: number(values.at),
    sample: number(values.sample),
    seed,
    keepsOn: values['keep-on'],
  },
  (finding) => {
    if (finding.event === 'done') {
      faults += finding.hits;
      console.log(`${finding.verb} ${finding.kind}: ${finding.hits} of ${finding.calls} calls`);
      return;
    }
    failures += 1;
    const { verb, kind, at, hit, problem } = finding;
    console.log(`FAILED ${verb} ${kind} at ${at}: ${hit}\n${problem}`);
    console.log(`again with: npm run faults -- --verb ${verb} --errno ${kind} --at ${at}`);
  },
);
if (stderr !== '') console.error(stderr);
console.log(
  `${faults} faults, ${failures} failures, seed ${seed}, ${Math.round((performance.now() - startMs) / 1000)} s`,
);
process.exitCode = status === 0 && failures === 0 ? 0 : 1;
