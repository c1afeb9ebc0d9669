// Generates the static protobuf code that the codecs import: proto/<name>.proto -> <layer>/gen/<name>.js and .d.ts.
// Run by `npm run generate`; CI runs it and fails when the committed files differ.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const cli = dirname(createRequire(import.meta.url).resolve('protobufjs-cli/package.json'));
const targets = [
  { layer: 'store', name: 'objects' },
  { layer: 'protocol', name: 'messages' },
];

for (const { layer, name } of targets) {
  const source = join(root, 'proto', `${name}.proto`);
  if (!existsSync(source)) continue;
  const folder = join(root, layer, 'gen');
  mkdirSync(folder, { recursive: true });
  const script = join(folder, `${name}.js`);
  const options = ['--no-create', '--no-verify', '--no-convert', '--no-delimited', '--no-service'];
  execFileSync(process.execPath, [
    join(cli, 'bin/pbjs'),
    ...['-t', 'static-module', '-w', 'es6', '--es6', '-r', `dits-${name}`, '--keep-case'],
    ...[...options, '-o', script, source],
  ]);
  const code = readFileSync(script, 'utf8')
    .replace(/from "protobufjs\/minimal(?:\.js)?"/, 'from "protobufjs/minimal.js"')
    .replace(/^\/\*eslint-disable.*$/m, '/* eslint-disable */');
  writeFileSync(script, code);
  const types = join(folder, `${name}.d.ts`);
  execFileSync(process.execPath, [join(cli, 'bin/pbts'), '-o', types, script]);
  writeFileSync(types, withDecodedTypes(readFileSync(types, 'utf8')));
}

/**
 * What `decode` returns has instances of the classes inside, too, whose fields always have a value: the default where
 * none came. The generated types say "or undefined" of the inner ones, as of what `encode` takes.
 */
function withDecodedTypes(text) {
  const classes = /^( *)class \w+ \{$[^]*?^\1\}$/gm;
  return text.replaceAll(classes, (one) =>
    one
      .replace(/^( +\w+: [\w.]+)\.\$Properties\[\];$/gm, '$1[];')
      .replace(/^( +\w+\?: \([\w.]+)\.\$Properties\|null\);$/gm, '$1|null);')
      .replaceAll(/ & [\w.]+\.\$Shape(?=[;}])/g, ''),
  );
}
