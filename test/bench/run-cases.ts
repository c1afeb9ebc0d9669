/** Runs the chosen cases one after the other; a case that fails is named and does not end the others. */
import { measuredNow } from './report/measured-on.ts';
import type { Results } from './report/results-file.ts';
import type { BenchContext, Section } from './section.ts';

export type Choice = {
  /** Parts of names of sections or cases; empty for the sections that run when nothing is asked for. */
  readonly only: readonly string[];
  readonly isAll: boolean;
};

function isChosen(section: Section, caseName: string, { only, isAll }: Choice): boolean {
  if (only.length === 0) return isAll || section.isDefault;
  return only.some((word) => section.name.includes(word) || caseName.includes(word));
}

export type Measuring = {
  readonly context: BenchContext;
  readonly results: Results;
  /** Called after each case, so that an interrupted run keeps what it has. */
  readonly save: () => void;
};

/**
 * Measures into `results`, case by case. What a failed case measured before is dropped: it is not true any more.
 * @returns how many cases ran, and a line for each one that failed
 */
export async function runCases(
  sections: readonly Section[],
  choice: Choice,
  { context, results, save }: Measuring,
): Promise<{ readonly count: number; readonly failures: readonly string[] }> {
  const failures: string[] = [];
  let count = 0;
  for (const section of sections) {
    const chosen = section.cases.filter(({ name }) => isChosen(section, name, choice));
    if (chosen.length === 0) continue;
    const measured = measuredNow(section.tools, context);
    const ofSection = (results[section.name] ??= {});
    for (const benchCase of chosen) {
      context.log(`== ${benchCase.name}`);
      count += 1;
      try {
        ofSection[benchCase.name] = { measured, rows: await benchCase.run(context) };
      } catch (error) {
        Reflect.deleteProperty(ofSection, benchCase.name);
        failures.push(
          `${benchCase.name}: ${error instanceof Error ? error.message : String(error)}`,
        );
      }
      save();
    }
  }
  return { count, failures };
}
