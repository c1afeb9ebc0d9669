/**
 * Loads the bundled command line. What V8 made of it at build time lies beside it and is used again where it fits the
 * running Node: compiling anew takes as long as all the rest of a short verb (docs/adr/0008-start-up.md).
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';

export type Program = typeof import('./program.ts');

/** Made by bundle.mjs: one expression, a function like the one that Node puts around a CommonJS module. */
type ProgramFunction = (
  module: { exports: unknown },
  require: NodeJS.Require,
  /** Where the program's file is. */
  moduleUrl: string,
) => void;

const SOURCE = new URL('./bundle/program.cjs', import.meta.url);
const COMPILED = new URL('./bundle/program.v8', import.meta.url);

/** The program's script, compiled. The build makes the cache from it. */
export function compileProgram(): Script {
  return new Script(readFileSync(SOURCE, 'latin1'), {
    filename: fileURLToPath(SOURCE),
    // V8 refuses what another version of it has made, and compiles.
    cachedData: readCompiled(),
  });
}

export function loadProgram(script: Script = compileProgram()): Program {
  const module = { exports: {} };
  const start = script.runInThisContext() as ProgramFunction;
  start(module, createRequire(SOURCE), SOURCE.href);
  return module.exports as Program;
}

/** Undefined while the build has not made it yet. */
function readCompiled(): Buffer | undefined {
  try {
    return readFileSync(COMPILED);
  } catch {
    // Without it everything works, only slower.
    return undefined;
  }
}
