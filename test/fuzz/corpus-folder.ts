/** Inputs as files, a folder a target: those of the repository, and those that a long run collects. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fixturePath } from '../support/fixture-path.ts';

const NAME_DIGITS = 12;

/** The folder of a target's inputs in the repository. */
export function committedFolder(target: string): string {
  return fixturePath(`fuzz/corpus/${target}`);
}

/** The inputs in a folder, by name; none when there is no such folder. */
export function readInputs(folder: string): Buffer[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .map((name) => readFileSync(join(folder, name)));
}

/** Writes those that are not there yet, each named by its hash. @returns the paths of all */
export function writeInputs(folder: string, inputs: readonly Uint8Array[]): string[] {
  mkdirSync(folder, { recursive: true });
  return inputs.map((input) => {
    const path = join(folder, hashOf(input));
    if (!existsSync(path)) writeFileSync(path, input);
    return path;
  });
}

function hashOf(input: Uint8Array): string {
  return createHash('sha256').update(input).digest('hex').slice(0, NAME_DIGITS);
}
