/** The process of `crowd-process.ts`, started, let in and ended. */
import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { TrustFile } from '../../../node/index.ts';
import { processorSeconds, stop } from '../measured-process.ts';

const PROGRAMME = fileURLToPath(new URL('crowd-process.js', import.meta.url));

export type CrowdOptions = {
  /** Address of a repository of the relay. */
  readonly address: string;
  /** Home folder of the relay, whose trust the crowd's identities get. */
  readonly relayHome: string;
  readonly connections: number;
  /** Identities that share the connections. */
  readonly peers: number;
  /** Connections that ask for refs every second; the others are idle. */
  readonly asking: number;
};

export class Crowd {
  readonly #child: ChildProcess;
  /** From the first dial to the last session, seconds. */
  readonly connectSeconds: number;

  private constructor(child: ChildProcess, connectSeconds: number) {
    this.#child = child;
    this.connectSeconds = connectSeconds;
  }

  /** Resolves when every connection is there. */
  static async gather(options: CrowdOptions): Promise<Crowd> {
    const { address, connections, peers, asking } = options;
    const child = spawn(
      process.execPath,
      [PROGRAMME, address, ...[connections, peers, asking].map(String)],
      {
        stdio: ['pipe', 'pipe', 'inherit'],
      },
    );
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const nextLine = async (): Promise<unknown> => {
      const line = await lines.next();
      if (line.done === true) throw new Error('the crowd did not come together');
      return JSON.parse(line.value);
    };
    const trust = new TrustFile(options.relayHome, { now: () => new Date() });
    for (const peerId of (await nextLine()) as readonly string[]) {
      await trust.add({ peerId, grants: [{ repository: '*', access: 'read' }] });
    }
    // The relay looks at the file several times a second.
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    child.stdin.write('go\n');
    const { seconds } = (await nextLine()) as { readonly seconds: number };
    return new Crowd(child, seconds);
  }

  /** Processor time of the crowd's process so far, seconds. */
  processorSeconds(): number {
    return this.#child.pid === undefined ? 0 : processorSeconds(this.#child.pid);
  }

  async leave(): Promise<void> {
    const gone = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.stdin?.end();
    const timer = setTimeout(() => void stop(this.#child), 10_000);
    await gone;
    clearTimeout(timer);
  }
}
