/** A recording and the state of it that did not hold, in a file: processes do not run the same way twice. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';

import type { CrashFailure } from './crash-matrix.ts';
import type { Recording } from './record-scenario.ts';

export type KeptFailure = {
  /** Where the stage was: what is recorded names it. */
  readonly folder: string;
  readonly seed: number;
  readonly recording: Recording;
  readonly failure: CrashFailure;
};

/** The path of the file. */
export function keepFailure(folder: string, kept: KeptFailure): string {
  mkdirSync(folder, { recursive: true });
  const { scenario, point, variant } = kept.failure;
  const path = join(folder, `${scenario}-${kept.seed}-${point}-${variant}.crash`);
  writeFileSync(path, serialize(kept));
  return path;
}

export function loadFailure(path: string): KeptFailure {
  return deserialize(readFileSync(path)) as KeptFailure;
}
