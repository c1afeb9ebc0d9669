/** Sending a set to an empty peer, its next version, and nothing new; getting it back. Beside rsync over SSH and Syncthing. */
import type { SetName } from '../data-sets.ts';
import { isInstalled } from '../other-tools/installed.ts';
import { rsyncOverSsh, type RsyncResult } from '../other-tools/rsync-over-ssh.ts';
import { syncthingCopy } from '../other-tools/syncthing.ts';
import type { BenchCase, BenchContext, Section } from '../section.ts';
import { comparisonChart } from './comparison-chart.ts';
import {
  compare,
  comparisonShortfalls,
  comparisonTable,
  type ComparisonRow,
  type TheirValues,
} from './comparison.ts';
import { transferOurs, type OwnTransfer } from './own-transfer.ts';
import { emptyFolder } from './scratch.ts';

/** What our figures may be at most, as ratios. */
type Asked = {
  readonly push: number | undefined;
  readonly edit: number;
  readonly editBytes: number;
  /** Of a clone to a push. */
  readonly clone?: number;
};

/** Asked of a push with nothing new, beside rsync with nothing new. */
const ASKED_NOTHING_NEW = 1;
/** Syncthing waits in steps of seconds and needs minutes for many small files: it is measured less often, and given up. */
const SYNCTHING_RUNS_MAX = 2;
const SYNCTHING_SECONDS_MAX = 120;
const SYNCTHING_SECONDS_MAX_QUICK = 15;

type Measured = {
  readonly ours: readonly OwnTransfer[];
  /** Copy, update, nothing new: one triple a run; none when rsync or SSH is missing. */
  readonly rsync: readonly (readonly RsyncResult[])[];
  readonly syncthing: TheirValues;
};

function transferCase(set: SetName, asked: Asked): BenchCase<ComparisonRow> {
  return {
    name: `transfer-${set}`,
    run: async (context) => {
      const ours: OwnTransfer[] = [];
      const rsync: (readonly RsyncResult[])[] = [];
      const [source, edited] = [context.dataSet(set), context.dataSet(`${set}-edit`)];
      for (let run = 0; run < context.runs; run++) {
        const own = await transferOurs(context, set);
        ours.push(own);
        if (isInstalled('rsync') && isInstalled('ssh-keygen')) {
          const work = emptyFolder(context.work, 'theirs');
          rsync.push(await rsyncOverSsh([source, edited, edited], work));
        }
        const theirs = rsync.at(-1)?.map(({ seconds }) => seconds.toFixed(2)) ?? [];
        const { push, edit, nothing, clone } = own.seconds;
        context.log(
          `push ${set}: ${push.toFixed(2)} s, edit ${edit.toFixed(2)} s, nothing ${nothing.toFixed(2)} s, ` +
            `clone ${clone.toFixed(2)} s; rsync over SSH ${theirs.join(', ')}`,
        );
      }
      const syncthing = await measureSyncthing(context, source);
      return rowsOf(set, { ours, rsync, syncthing }, asked);
    },
  };
}

async function measureSyncthing(context: BenchContext, source: string): Promise<TheirValues> {
  const tool = 'Syncthing';
  if (!isInstalled('syncthing')) return { tool, values: [], note: 'not installed' };
  const limit = context.isQuick ? SYNCTHING_SECONDS_MAX_QUICK : SYNCTHING_SECONDS_MAX;
  const values: number[] = [];
  for (let run = 0; run < Math.min(context.runs, SYNCTHING_RUNS_MAX); run++) {
    const work = emptyFolder(context.work, 'theirs');
    const { seconds, isFinished } = await syncthingCopy(source, work, limit);
    context.log(`Syncthing: ${isFinished ? `${seconds.toFixed(2)} s` : 'not finished'}`);
    if (!isFinished) return { tool, values: [], note: `not finished after ${limit} s` };
    values.push(seconds);
  }
  const note = values.length < context.runs ? `${values.length} runs` : undefined;
  return { tool, values, note };
}

function rowsOf(
  set: SetName,
  { ours, rsync, syncthing }: Measured,
  asked: Asked,
): readonly ComparisonRow[] {
  const own = (pick: (run: OwnTransfer) => number): number[] => ours.map(pick);
  const theirs = (pick: (run: readonly RsyncResult[]) => number): TheirValues => ({
    tool: 'rsync over SSH',
    values: rsync.map(pick),
    note: rsync.length === 0 ? 'not installed' : undefined,
  });
  const rows = [
    compare({
      work: `push \`${set}\` to an empty peer`,
      ours: own(({ seconds }) => seconds.push),
      peakBytes: Math.max(...own(({ peakBytes }) => peakBytes)),
      theirs: [theirs(([copy]) => copy!.seconds), syncthing],
      asked: asked.push,
    }),
    compare({
      work: `take in and push \`${set}-edit\` after \`${set}\``,
      ours: own(({ seconds }) => seconds.edit),
      theirs: [theirs(([, update]) => update!.seconds)],
      asked: asked.edit,
    }),
    compare({
      work: `bytes on the wire for \`${set}-edit\``,
      unit: 'bytes',
      ours: own(({ wireBytes }) => wireBytes.edit),
      theirs: [theirs(([, update]) => update!.sentBytes)],
      asked: asked.editBytes,
    }),
    compare({
      work: `push \`${set}-edit\` again, nothing new`,
      ours: own(({ seconds }) => seconds.nothing),
      theirs: [theirs(([, , nothing]) => nothing!.seconds)],
      asked: ASKED_NOTHING_NEW,
    }),
    compare({
      work: `clone \`${set}\`, files written out`,
      ours: own(({ seconds }) => seconds.clone),
      theirs: [{ tool: 'our push', values: own(({ seconds }) => seconds.push) }],
      asked: asked.clone,
    }),
  ];
  return rows;
}

export const transferSection: Section<ComparisonRow> = {
  name: 'transfer',
  title: 'Sending and getting',
  isDefault: true,
  tools: ['rsync', 'ssh', 'syncthing'],
  cases: [
    transferCase('media', { push: 0.8, edit: 0.8, editBytes: 1.5, clone: 1.2 }),
    transferCase('frames', { push: 0.6, edit: 0.8, editBytes: 1 }),
    transferCase('small', { push: 0.5, edit: 0.8, editBytes: 1 }),
    transferCase('project', { push: undefined, edit: 0.8, editBytes: 1 }),
  ],
  render: (rows) =>
    `Over loopback, to a relay that syncs everything to its disk before it confirms; whole commands, start-up included. Our side of
"take in and push" is \`dits add\`, \`dits commit\` and \`dits push\`; our bytes are those of both directions, rsync's those it says it
sent. rsync and Syncthing do not wait for the disk. Syncthing is measured at most ${SYNCTHING_RUNS_MAX} times, from the moment it is told of the folder, and given
up after ${SYNCTHING_SECONDS_MAX} s. Each run compares ids and, byte for byte, clones of both versions with their sources, and checks all stored
bytes of the relay.

${comparisonTable(rows)}`,
  shortfalls: comparisonShortfalls,
  charts: (rows) => [comparisonChart('transfer', rows)],
};
