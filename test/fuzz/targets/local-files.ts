/** What commands and the node of one machine say to each other, and small files of theirs. The first byte says which. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  parseAnnouncement,
  parseAnswer,
  parseRequest,
} from '../../../node/control/control-format.ts';
import { generateIdentity, identityFromPem } from '../../../node/identity/identity.ts';
import { silentLogger } from '../../../node/logger.ts';
import { UsageFile } from '../../../node/relay/usage-file.ts';
import { RotationFile } from '../../../node/rotation/rotation-file.ts';
import { rotationProblem, signRotation } from '../../../node/rotation/rotation-statement.ts';
import { readAddress } from '../../../store/index-db/index-socket.ts';
import { changeBytes } from '../mutate/byte-mutations.ts';
import { behind } from '../mutate/mutation.ts';
import { changeText } from '../mutate/text-mutations.ts';
import { acceptedBy, checkRefusal, mustEqual, mustHold, type FuzzTarget } from '../target.ts';

const folder = mkdtempSync(join(tmpdir(), 'dits-fuzz-'));
process.on('exit', () => {
  rmSync(folder, { recursive: true, force: true });
});
const [old, next] = [generateIdentity(), generateIdentity()];

function checkControl(text: string): boolean {
  const request = parseRequest(text);
  if (request !== undefined) mustEqual(parseRequest(JSON.stringify(request)), request, 'the same');
  const announcement = parseAnnouncement(text);
  if (announcement !== undefined) {
    mustEqual(parseAnnouncement(JSON.stringify(announcement)), announcement, 'the same again');
  }
  return [request, announcement, parseAnswer(text)].some((one) => one !== undefined);
}

async function checkUsage(text: string): Promise<boolean> {
  writeFileSync(join(folder, '.usage.json'), text);
  const file = new UsageFile(folder, silentLogger);
  const usage = await file.read();
  if (usage.size === 0) return false;
  await file.write(usage);
  mustEqual(await file.read(), usage, 'the same use when it is written again');
  return true;
}

async function checkRotations(text: string): Promise<boolean> {
  writeFileSync(join(folder, 'rotations.json'), text);
  try {
    const records = await new RotationFile(folder).read();
    mustHold(
      records.every(({ rotation }) => rotationProblem(rotation) === undefined),
      'every statement that is read was signed by both keys',
    );
    return records.length > 0;
  } catch (error) {
    checkRefusal(error, ['DITS_NODE_KEY_CORRUPT']);
    return false;
  }
}

async function checkLeader(text: string): Promise<boolean> {
  const path = join(folder, 'leader');
  writeFileSync(path, text);
  return (await readAddress(path)) !== undefined;
}

function checkKey(text: string): boolean {
  return acceptedBy(['DITS_NODE_KEY_CORRUPT'], () => identityFromPem(text)) !== undefined;
}

const CHECKS = [checkControl, checkUsage, checkRotations, checkLeader, checkKey] as const;

function rotationsText(): string {
  const { oldSignature, newSignature, ...claims } = signRotation(old, next, new Date(1000));
  const record = {
    ...claims,
    oldSignature: Buffer.from(oldSignature).toString('hex'),
    newSignature: Buffer.from(newSignature).toString('hex'),
    untold: [next.peerId],
  };
  return JSON.stringify([record]);
}

function seeds(): Uint8Array[] {
  const usage = {
    repositories: { film: { madeBy: old.peerId, bytes: { '': 5, [next.peerId]: 7 } } },
  };
  const texts = [
    JSON.stringify({ token: 'ab', verb: 'status' }),
    JSON.stringify(usage),
    rotationsText(),
    `dits-index 1\n/tmp/x.sock\n${'ab'.repeat(32)}\n`,
    old.credentials.keyPem,
    JSON.stringify({ pid: 1, socket: '/tmp/node.sock', token: 'cd' }),
  ];
  return texts.map((text, at) => Buffer.concat([Buffer.of(at % CHECKS.length), Buffer.from(text)]));
}

export const localFilesTarget: FuzzTarget = {
  name: 'local-files',
  covers: 'control socket, usage of a relay, rotations, address of the index, key file',
  seeds,
  mutations: [changeText, changeText, changeBytes].map((mutation) => behind(1, mutation)),
  dictionary: [
    'null',
    '[]',
    '{}',
    '"__proto__":1,',
    '1e400',
    'true',
    '"status"',
    '-----BEGIN EC PRIVATE KEY-----',
    old.peerId,
  ],
  sizeMaxBytes: 4 * 1024,
  run: (input) => CHECKS[(input[0] ?? 0) % CHECKS.length]!(input.toString('utf8', 1)),
};
