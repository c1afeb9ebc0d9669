/** Tests start the bundled command line: after a `tsc -b` alone, it is made anew before they do. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { bundle } from '../../cli/bundle.mjs';

const dist = join(import.meta.dirname, '../../dist');
const BUNDLED_LAYERS = ['store', 'repo', 'protocol', 'node', 'cli'];

function modifiedMs(file) {
  return statSync(join(dist, file), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

export async function mochaGlobalSetup() {
  // The last file that the bundler writes, and the last one that the compiler writes for a layer.
  const bundledMs = modifiedMs('cli/bundle/THIRD-PARTY-LICENCES.txt');
  if (BUNDLED_LAYERS.some((layer) => modifiedMs(`${layer}/.tsbuildinfo`) > bundledMs)) {
    await bundle();
  }
}
