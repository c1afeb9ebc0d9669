/** What `dits fsck` tells people. */
import type { FileProblem } from '../../repo/index.ts';
import type { FsckReport } from '../../store/index.ts';
import type { Output } from '../output.ts';
import { printable } from './printable.ts';

/** Everything that a check has found, and done. */
export type Findings = {
  readonly report: FsckReport;
  /** Of files that are not the store's. */
  readonly files: readonly FileProblem[];
  /** Objects in the index that was asked to be made anew. */
  readonly rebuilt: number | undefined;
};

/** Damage listed on the terminal; --json has all that is known. */
const DAMAGE_SHOWN_MAX = 20;

/** Damaged places of all kinds. */
export function findingCount({ report, files }: Findings): number {
  const { corrupt, indexDamage, refsProblem } = report;
  return corrupt.length + indexDamage.length + files.length + (refsProblem === undefined ? 0 : 1);
}

export function printFindings(output: Output, findings: Findings): void {
  const { corrupt, missing, indexDamage } = findings.report;
  for (const { file, problem, mended } of findings.files) {
    output.line(`damaged: ${file}: ${printable(problem)}`);
    if (mended !== undefined) output.line(`  ${printable(mended)}`);
  }
  for (const { file, problem } of indexDamage.slice(0, DAMAGE_SHOWN_MAX)) {
    output.line(
      `damaged: index/${file}: ${printable(problem)}; the index is made anew from the segments`,
    );
  }
  printRefs(output, findings.report);
  for (const { id, segment, offset, problem } of corrupt.slice(0, DAMAGE_SHOWN_MAX)) {
    output.line(
      `damaged: ${problem} at byte ${offset} of segment ${segment} ${id ?? ''}`.trimEnd(),
    );
  }
  for (const id of missing.slice(0, DAMAGE_SHOWN_MAX)) output.line(`missing: ${id}`);
  if (Math.max(corrupt.length, missing.length) > DAMAGE_SHOWN_MAX) {
    output.line('and more; --json lists all');
  }
}

const ORIGINS: Readonly<Record<'whole' | 'bit' | 'parts', string>> = {
  whole: 'the refs themselves are whole',
  bit: 'the flipped bit of the refs has been turned back',
  parts: 'the refs have been put together from the file and the reflog',
};

function printRefs(output: Output, { refsProblem, refsRestored }: FsckReport): void {
  if (refsProblem !== undefined) output.line(`damaged: ${printable(refsProblem)}`);
  if (refsRestored === undefined) return;
  const { from, head, refs, lost } = refsRestored;
  output.line(`  ${ORIGINS[from]}; quarantine/ has what was damaged`);
  if (from !== 'parts') return;
  output.line(`  HEAD is ${head.kind === 'branch' ? head.name : head.target}`);
  for (const { name, target } of refs) output.line(`  ${printable(name)} is ${target}`);
  for (const name of lost) output.line(`  ${printable(name)} is lost: fetch it from a peer`);
}
