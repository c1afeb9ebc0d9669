/** One method on one pair of sets, in a process of its own: `node measure-method.js METHOD WANTED HELD MISSING` prints JSON. */
import { filterAndCheck, checkOnly } from './filter-and-check.ts';
import { makeIdSets } from './id-sets.ts';
import { rangeReconciliation } from './range-reconciliation.ts';
import { sketch } from './sketch.ts';

const METHODS = { filterAndCheck, checkOnly, rangeReconciliation, sketch } as const;

const [name = '', ...numbers] = process.argv.slice(2);
const [wanted = 0, held = 0, missing = 0] = numbers.map(Number);
const method = METHODS[name as keyof typeof METHODS];
const sets = makeIdSets(wanted, held, missing);
const restingBytes = process.memoryUsage.rss();
const before = process.cpuUsage();
const outcome = await method(sets);
const { user, system } = process.cpuUsage(before);
const peakBytes = process.resourceUsage().maxRSS * 1024 - restingBytes;
console.log(JSON.stringify({ ...outcome, cpuSeconds: (user + system) / 1e6, peakBytes }));
