/** Syncthing: two of them on this machine, told about each other through their REST interface, no discovery and no relays. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { emptyFolder, expectSameContent, settleDisk } from '../compare/scratch.ts';
import { stop } from '../measured-process.ts';
import { freePort } from './installed.ts';

export type SyncthingResult = {
  /** From the moment the first side is told of the folder; the limit when it did not finish. */
  readonly seconds: number;
  readonly isFinished: boolean;
};

/** How often a side is asked how far it is. */
const POLL_INTERVAL_MS = 50;
/** How long a side may take to answer for the first time. */
const START_SECONDS_MAX = 30;

/** Sides that dialled each other too early try again after this; the default of a minute would measure nothing but waiting. */
const RECONNECT_SECONDS = 1;

const ENVIRONMENT = { ...process.env, STNODEFAULTFOLDER: '1', STNOUPGRADE: '1' };
const FOLDER_ID = 'bench';

type FolderStatus = {
  readonly state: string;
  readonly globalBytes: number;
  readonly needBytes: number;
};

class SyncthingSide {
  readonly folder: string;
  readonly child: ChildProcess;
  readonly listenPort: number;
  readonly #restPort: number;
  readonly #key: string;
  deviceId = '';

  private constructor(
    work: string,
    { name, ports }: { readonly name: string; readonly ports: readonly [number, number] },
  ) {
    const home = emptyFolder(work, `syncthing-${name}`);
    this.folder = emptyFolder(work, `syncthing-folder-${name}`);
    [this.#restPort, this.listenPort] = ports;
    execFileSync('syncthing', ['generate', '--home', home, '--no-default-folder'], {
      env: ENVIRONMENT,
      stdio: 'ignore',
    });
    const file = join(home, 'config.xml');
    const config = readFileSync(file, 'utf8');
    this.#key = /<apikey>(.*?)<\/apikey>/.exec(config)?.[1] ?? '';
    writeFileSync(file, onThisMachineOnly(config, this.#restPort, this.listenPort));
    const options = ['--no-browser', '--no-default-folder', '--no-upgrade', '--no-restart'];
    this.child = spawn('syncthing', ['serve', '--home', home, ...options], {
      env: ENVIRONMENT,
      stdio: 'ignore',
    });
  }

  static async create(work: string, name: string): Promise<SyncthingSide> {
    return new SyncthingSide(work, { name, ports: [await freePort(), await freePort()] });
  }

  /** Waits until it answers. */
  async ready(): Promise<void> {
    const until = Date.now() + START_SECONDS_MAX * 1000;
    for (;;) {
      try {
        const { myID } = (await this.#call('GET', 'system/status')) as { myID: string };
        this.deviceId = myID;
        return;
      } catch (error) {
        if (Date.now() > until) throw error;
        await sleep(POLL_INTERVAL_MS);
      }
    }
  }

  async addDevice(other: SyncthingSide): Promise<void> {
    const addresses = [`tcp://127.0.0.1:${other.listenPort}`];
    await this.#call('POST', 'config/devices', { deviceID: other.deviceId, addresses });
  }

  /** Waits until it is connected to the other. */
  async connected(other: SyncthingSide): Promise<void> {
    const until = Date.now() + START_SECONDS_MAX * 1000;
    for (;;) {
      const { connections } = (await this.#call('GET', 'system/connections')) as {
        readonly connections: Readonly<Record<string, { readonly connected: boolean }>>;
      };
      if (connections[other.deviceId]?.connected === true) return;
      if (Date.now() > until) throw new Error('the two Syncthings did not connect');
      await sleep(POLL_INTERVAL_MS);
    }
  }

  async shareFolder(other: SyncthingSide): Promise<void> {
    await this.#call('POST', 'config/folders', {
      id: FOLDER_ID,
      path: this.folder,
      type: 'sendreceive',
      devices: [{ deviceID: this.deviceId }, { deviceID: other.deviceId }],
      fsWatcherEnabled: false,
      rescanIntervalS: 3600,
    });
  }

  /** Waits until the folder is idle with `enough`; false when the time is over first. */
  async settle(enough: (status: FolderStatus) => boolean, until: number): Promise<boolean> {
    for (;;) {
      // A folder that was added a moment ago is not known at once.
      const status = (await this.#call('GET', `db/status?folder=${FOLDER_ID}`).catch(
        () => undefined,
      )) as FolderStatus | undefined;
      if (status?.state === 'idle' && enough(status)) return true;
      if (Date.now() > until) return false;
      await sleep(POLL_INTERVAL_MS);
    }
  }

  async #call(method: string, path: string, body?: unknown): Promise<unknown> {
    const reply = await fetch(`http://127.0.0.1:${this.#restPort}/rest/${path}`, {
      method,
      headers: { 'X-API-Key': this.#key, 'Content-Type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await reply.text();
    if (!reply.ok) throw new Error(`Syncthing answered ${reply.status} to ${path}: ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  }
}

/** A configuration that listens on 127.0.0.1 and announces nothing to anybody. */
function onThisMachineOnly(config: string, restPort: number, listenPort: number): string {
  const switches = [
    'globalAnnounceEnabled',
    'localAnnounceEnabled',
    'relaysEnabled',
    'natEnabled',
    'crashReportingEnabled',
  ];
  const quiet = switches.reduce(
    (text, name) => text.replace(new RegExp(`<${name}>[^<]*`), `<${name}>false`),
    config,
  );
  return quiet
    .replace(/(<gui[^>]*>[\s\S]*?<address>)[^<]*/, `$1127.0.0.1:${restPort}`)
    .replace(/<listenAddress>[^<]*<\/listenAddress>/g, '')
    .replace('<options>', `<options><listenAddress>tcp://127.0.0.1:${listenPort}</listenAddress>`)
    .replace(/<reconnectionIntervalS>[^<]*/, `<reconnectionIntervalS>${RECONNECT_SECONDS}`)
    .replace(/<urAccepted>[^<]*/, '<urAccepted>-1');
}

/** Sends a folder to an empty one; the sender's first scan of it is part of the time. */
export async function syncthingCopy(
  source: string,
  work: string,
  secondsMax: number,
): Promise<SyncthingResult> {
  const a = await SyncthingSide.create(work, 'a');
  const b = await SyncthingSide.create(work, 'b');
  try {
    await Promise.all([a.ready(), b.ready()]);
    cpSync(source, a.folder, { recursive: true });
    settleDisk();
    await Promise.all([a.addDevice(b), b.addDevice(a)]);
    await a.connected(b);
    const from = Date.now();
    const until = from + secondsMax * 1000;
    let wanted = 0;
    await a.shareFolder(b);
    await a.settle(({ globalBytes }) => (wanted = globalBytes) > 0, until);
    await b.shareFolder(a);
    const isFinished = await b.settle(
      ({ globalBytes, needBytes }) => wanted > 0 && globalBytes >= wanted && needBytes === 0,
      until,
    );
    const seconds = isFinished ? (Date.now() - from) / 1000 : secondsMax;
    if (isFinished) await expectSameContent(source, b.folder);
    return { seconds, isFinished };
  } finally {
    await Promise.all([stop(a.child), stop(b.child)]);
  }
}
