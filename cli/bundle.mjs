/**
 * Puts the command line's modules into a few files, over the compiled `dist/cli/main.js`: loading some 200 modules one by
 * one takes longer than `dits status` itself (docs/adr/0008-start-up.md). Verbs stay apart and are loaded when used.
 */
import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = dirname(import.meta.dirname);
const outdir = join(root, 'dist/cli');
const chunkFolder = 'bundle';

/** Packages with native code find it next to their own files. */
const NATIVE = [
  '@matrixai/quic',
  '@mongodb-js/zstd',
  '@napi-rs/blake-hash',
  'fs-native-extensions',
  'koffi',
  'level',
];

/** CommonJS packages ask for Node's own modules by `require`, which an ES module does not have. */
const REQUIRE =
  "import { createRequire as $createRequire } from 'node:module';" +
  'const require = $createRequire(import.meta.url);';

export async function bundle() {
  await rm(join(outdir, chunkFolder), { recursive: true, force: true });
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ['cli/main.ts'],
    outdir,
    chunkNames: `${chunkFolder}/[name]-[hash]`,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    external: NATIVE,
    banner: { js: REQUIRE },
    sourcemap: true,
    sourcesContent: false,
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  });
  const licences = await licencesOf(Object.keys(metafile.inputs));
  await writeFile(join(outdir, chunkFolder, 'THIRD-PARTY-LICENCES.txt'), licences);
}

/** Name and licence of every package that has a file in the bundle: each asks to be named where it is copied to. */
async function licencesOf(inputs) {
  const folders = new Set();
  for (const input of inputs) {
    const folder = /^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(input)?.[0];
    if (folder !== undefined) folders.add(folder);
  }
  const texts = [];
  for (const folder of [...folders].sort()) {
    const { name, version, license } = JSON.parse(
      await readFile(join(root, folder, 'package.json'), 'utf8'),
    );
    const file = (await readdir(join(root, folder))).find((one) => /^licen[cs]e/i.test(one));
    const text = file === undefined ? '' : await readFile(join(root, folder, file), 'utf8');
    texts.push(`${name} ${version} (${license})\n\n${text.trim()}\n`);
  }
  return texts.join(`\n${'-'.repeat(80)}\n\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await bundle();
