/** Machines that pair: `dits peer pair` as processes, each with a home of its own. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

import type { Json, Sandbox } from './sandbox.ts';

/** Multicast is for those tests that are about it: the others must not hear each other. */
export async function withoutDiscovery(
  sandbox: Sandbox,
  ...homes: readonly string[]
): Promise<void> {
  for (const home of homes) {
    await sandbox.json(['config', '--global', 'node.discovery', 'false'], { home });
  }
}

/** A machine that shows a code and waits. */
export class CodeOnScreen {
  readonly child: ChildProcess;
  readonly code: string;
  readonly addresses: readonly string[];
  readonly #rest: Promise<readonly Json[]>;
  readonly #stderr: string[];

  private constructor(child: ChildProcess, first: Json, parts: Pick<CodeParts, 'rest' | 'stderr'>) {
    this.child = child;
    this.code = String(first['code']);
    this.addresses = first['addresses'] as string[];
    this.#rest = parts.rest;
    this.#stderr = parts.stderr;
  }

  static async show(
    sandbox: Sandbox,
    home: string,
    words: readonly string[] = [],
  ): Promise<CodeOnScreen> {
    const child = sandbox.start(['peer', 'pair', '--yes', '--json', ...words], { home });
    const stderr: string[] = [];
    child.stderr?.setEncoding('utf8').on('data', (text: string) => stderr.push(text));
    const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
    const first = await lines.next();
    if (first.done === true) throw new Error(`no code was shown:\n${stderr.join('')}`);
    const event = JSON.parse(first.value) as Json;
    if (event['event'] !== 'code') throw new Error(`no code was shown: ${first.value}`);
    const collect = async (): Promise<Json[]> => {
      const events: Json[] = [];
      for (let next = await lines.next(); next.done !== true; next = await lines.next()) {
        events.push(JSON.parse(next.value) as Json);
      }
      return events;
    };
    return new CodeOnScreen(child, event, { rest: collect(), stderr });
  }

  /** Waits for the end: exit status, all events after the code, and the last of them. */
  async end(): Promise<{
    readonly status: number | null;
    readonly events: readonly Json[];
    readonly result: Json;
    readonly stderr: string;
  }> {
    if (this.child.exitCode === null && this.child.signalCode === null)
      await once(this.child, 'close');
    const events = await this.#rest;
    return {
      status: this.child.exitCode,
      events,
      result: events.at(-1) ?? {},
      stderr: this.#stderr.join(''),
    };
  }

  async stop(): Promise<void> {
    this.child.kill('SIGTERM');
    await this.end();
  }
}

type CodeParts = { readonly rest: Promise<readonly Json[]>; readonly stderr: string[] };

/** A code that differs in its last symbol. */
export function mistyped(code: string): string {
  return code.slice(0, -1) + (code.endsWith('2') ? '3' : '2');
}

/** `HOST:PORT` of `dits://PEERID@HOST:PORT`. */
export function hostPort(address: string): string {
  return address.replace(/^dits:\/\/[^@]*@/, '');
}
