/**
 * Puts the command line's modules into one file and keeps its compiled form beside it, under a `dist/cli/main.js` that
 * loads the two: some 200 modules one by one take longer than `dits status` itself (docs/adr/0008-start-up.md).
 */
import { execFileSync } from 'node:child_process';
import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = dirname(import.meta.dirname);
const outdir = join(root, 'dist/cli');
const bundleFolder = 'bundle';

/** Packages with native code find it next to their own files, and stay there. */
const NATIVE = ['@mongodb-js/zstd', '@napi-rs/blake-hash', 'fs-native-extensions', 'koffi'];

const common = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  minifyWhitespace: true,
  minifySyntax: true,
  sourcemap: true,
  sourcesContent: false,
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
};

export async function bundle() {
  const folder = join(outdir, bundleFolder);
  await rm(folder, { recursive: true, force: true });
  const main = await build({ ...common, entryPoints: ['cli/main.ts'], outdir, format: 'esm' });
  const program = await build({
    ...common,
    entryPoints: ['cli/program.ts'],
    outfile: join(folder, 'program.cjs'),
    format: 'cjs',
    external: NATIVE,
    plugins: [nativePartsOnly],
    // load-program.ts calls this function.
    banner: { js: '(function (module, require, $moduleUrl) {' },
    footer: { js: '})' },
    define: { 'import.meta.url': '$moduleUrl' },
    // What is loaded by `import()` is in the bundle as well, and run when it is first asked for.
    supported: { 'dynamic-import': false },
  });
  const thread = await build({
    ...common,
    entryPoints: ['store/files/small-file-thread.ts'],
    outdir: folder,
    format: 'esm',
    external: NATIVE,
  });
  execFileSync(process.execPath, [join(root, 'cli/keep-compiled.mjs')], { stdio: 'inherit' });
  const inputs = [main, program, thread].flatMap(({ metafile }) => Object.keys(metafile.inputs));
  await writeFile(join(folder, 'THIRD-PARTY-LICENCES.txt'), await licencesOf(inputs));
}

/**
 * Of two packages only the part that finds the native code stays outside: each resolves it from its own folder, which
 * need not be below ours.
 */
const nativePartsOnly = {
  name: 'native-parts-only',
  setup(build) {
    build.onLoad({ filter: /classic-level[\\/]binding\.js$/ }, () => ({
      contents: `
        const { createRequire } = require('node:module');
        const level = createRequire($moduleUrl).resolve('level');
        module.exports = createRequire(level)('classic-level/binding.js');`,
    }));
    build.onLoad({ filter: /quic[\\/]dist[\\/]native[\\/]quiche\.js$/ }, async ({ path }) => ({
      contents: `
        import { createRequire as $createRequire } from 'node:module';
        import { pathToFileURL as $pathToFileURL } from 'node:url';
        const $package = $createRequire($moduleUrl).resolve('@matrixai/quic/package.json');
        const $nativeUrl = new URL('dist/native/', $pathToFileURL($package)).href;
        ${(await readFile(path, 'utf8')).replaceAll('import.meta.url', '$nativeUrl')}`,
    }));
  },
};

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
