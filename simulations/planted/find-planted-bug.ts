/** Looks for one planted bug, in a process of its own: the modules of this one stay as they are. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { PlantedBug } from './planted-bugs.ts';

/** What noticed it. */
export type Catch = {
  readonly seed: number;
  /** The invariant that was broken, or `error` for a failure that nothing explains. */
  readonly invariant: string;
};

const RUN_MAX_MS: number = 10 * 60_000;

/** Null when it was not noticed. @throws Error when the bug could not be planted */
export async function findPlantedBug({ name }: PlantedBug): Promise<Catch | null> {
  const pathOf = (file: string): string => fileURLToPath(new URL(file, import.meta.url));
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', new URL('./register.js', import.meta.url).href, pathOf('./hunt.js')],
    { env: { ...process.env, PLANTED_BUG: name }, timeout: RUN_MAX_MS },
  );
  return JSON.parse(stdout) as Catch | null;
}
