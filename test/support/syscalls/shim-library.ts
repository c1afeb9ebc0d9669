/** The library that stands between a process and the C library: compiled from shim/ when it is first needed. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

import { fixturePath } from '../fixture-path.ts';

const SOURCES = fixturePath('support/syscalls/shim');
const CACHE = fileURLToPath(new URL('./shim-cache', import.meta.url));
const COMPILER = ['g++', '-std=c++17', '-O2', '-Wall', '-Wextra', '-shared', '-fPIC'];

const LOADERS = ['/lib64/ld-linux-x86-64.so.2', '/lib/ld-linux-aarch64.so.1'];

/** The shim works with the GNU C library of Linux only; elsewhere what needs it is skipped. */
export const HAS_SHIM: boolean =
  process.platform === 'linux' && LOADERS.some((path) => existsSync(path));

/** Path of the compiled library. Named by what its sources hold, so that a change is compiled and an old one never taken. */
export function shimLibrary(): string {
  const hash = createHash('sha256');
  for (const name of readdirSync(SOURCES).sort()) hash.update(readFileSync(join(SOURCES, name)));
  const path = join(CACHE, `shim-${hash.digest('hex').slice(0, 16)}.so`);
  if (existsSync(path)) return path;
  mkdirSync(CACHE, { recursive: true });
  const [compiler, ...flags] = COMPILER;
  const made = `${path}.${process.pid}`;
  execFileSync(compiler!, [...flags, '-o', made, join(SOURCES, 'shim.cc'), '-ldl', '-lpthread'], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  renameSync(made, path);
  return path;
}
