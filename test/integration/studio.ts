/** A relay and the people who use it, each with a home folder of their own, in one sandbox. */
import { createCipheriv } from 'node:crypto';

import { TrustFile, loadOrCreateIdentity, type Identity } from '../../node/index.ts';
import { RunningNode } from '../cli/running-node.ts';
import { Sandbox, type Json, type RunOptions, type RunResult } from '../cli/sandbox.ts';

type Access = 'read' | 'write' | 'admin';

const SEED_BYTES = 16;

/** Bytes that a seed decides and nothing compresses. */
export function seededBytes(seed: number, length: number): Buffer {
  const key = Buffer.alloc(SEED_BYTES);
  key.writeUInt32LE(seed);
  return createCipheriv('aes-128-ctr', key, Buffer.alloc(SEED_BYTES)).update(Buffer.alloc(length));
}

export class Studio {
  readonly sandbox: Sandbox;

  private constructor(sandbox: Sandbox) {
    this.sandbox = sandbox;
  }

  static async create(): Promise<Studio> {
    return new Studio(await Sandbox.create());
  }

  /** A studio of its own with everything that is in this one. */
  async copy(): Promise<Studio> {
    return new Studio(await this.sandbox.copy());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.sandbox[Symbol.asyncDispose]();
  }

  path(...parts: readonly string[]): string {
    return this.sandbox.path(...parts);
  }

  /** The key of someone, made at first use. */
  identity(name: string): Promise<Identity> {
    return loadOrCreateIdentity(this.sandbox.homePath(name));
  }

  /** Whom the relay knows. */
  get trust(): TrustFile {
    return new TrustFile(this.sandbox.homePath('relay'), { now: () => new Date() });
  }

  /** Lets someone do something with every repository of the relay. */
  async grant(name: string, access: Access, repository = '*'): Promise<string> {
    const { peerId } = await this.identity(name);
    await this.trust.add({ peerId, name, grants: [{ repository, access }] });
    return peerId;
  }

  /** The relay, on a free port unless `words` say otherwise. */
  relay(
    words: readonly string[] = [],
    options: Pick<RunOptions, 'environment'> = {},
  ): Promise<RunningNode> {
    const all = ['--relay', '--create', '--data', this.path('data'), ...words];
    return RunningNode.start(this.sandbox, all, { ...options, home: 'relay' });
  }

  /** Lets silence count as the end sooner for these people. */
  async idleTimeout(ms: number, ...names: readonly string[]): Promise<void> {
    await this.#set('idleTimeoutMs', ms, names);
  }

  /** How long these people try to reach a node again that they lost. */
  async patience(ms: number, ...names: readonly string[]): Promise<void> {
    await this.#set('reconnectMs', ms, names);
  }

  async #set(setting: string, value: number, names: readonly string[]): Promise<void> {
    for (const home of names) {
      const words = ['config', 'set', '--user', `node.${setting}`, String(value)];
      await this.sandbox.json(words, { home });
    }
  }

  /** Runs a command with --json in a folder. */
  run(folder: string, words: readonly string[], options: RunOptions = {}): Promise<RunResult> {
    return this.sandbox.run(['-C', this.path(folder), '--json', ...words], options);
  }

  /** The same, which must succeed; returns the result. */
  json(folder: string, words: readonly string[], options: RunOptions = {}): Promise<Json> {
    return this.sandbox.json(['-C', this.path(folder), ...words], options);
  }

  /** A repository with these files in its first commit, whose id is returned. */
  async project(
    folder: string,
    files: Readonly<Record<string, string | Uint8Array>>,
  ): Promise<string> {
    await this.sandbox.json(['init', folder]);
    for (const [name, content] of Object.entries(files)) {
      await this.sandbox.write(`${folder}/${name}`, content);
    }
    return this.record(folder, 'The first cut');
  }

  /** Records everything that changed. */
  async record(folder: string, message: string): Promise<string> {
    await this.json(folder, ['add', '-A']);
    return String((await this.json(folder, ['commit', '-m', message]))['id']);
  }
}
