import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as quicLimits from '../../node/quic/quic-limits.ts';
import * as swarmLimits from '../../node/swarm/swarm-limits.ts';
import { PAYLOAD_SIZE_MAX_BYTES } from '../../protocol/frames/frame-format.ts';
import * as meetingLimits from '../../protocol/meeting/meeting-limits.ts';
import {
  MEET_DATA_MAX_BYTES,
  OFFER_LIFETIME_MAX_MS,
  SWARM_MEMBERS_MAX,
} from '../../protocol/messages/limits.ts';
import * as sessionLimits from '../../protocol/session/session-limits.ts';
import { OBJECT_SIZE_MAX_BYTES } from '../../store/object-store.ts';
import { NODE_LEVEL_MAX, STRUCTURE_SIZE_MAX_BYTES } from '../../store/objects/object-limits.ts';
import { NAME_SIZE_MAX_BYTES, PATH_SIZE_MAX_BYTES } from '../../store/paths/name-rules.ts';
import { fixturePath } from '../support/fixture-path.ts';

/** Where two layers have a limit of the same name, the later one here is meant: the session's. */
const CONSTANTS: Readonly<Record<string, unknown>> = {
  ...quicLimits,
  ...sessionLimits,
  ...swarmLimits,
  ...meetingLimits,
  MEET_DATA_MAX_BYTES,
  OFFER_LIFETIME_MAX_MS,
  SWARM_MEMBERS_MAX,
  PAYLOAD_SIZE_MAX_BYTES,
  OBJECT_SIZE_MAX_BYTES,
  STRUCTURE_SIZE_MAX_BYTES,
  NODE_LEVEL_MAX,
  NAME_SIZE_MAX_BYTES,
  PATH_SIZE_MAX_BYTES,
};
const FACTORS: Readonly<Record<string, number>> = {
  '': 1,
  bytes: 1,
  ms: 1,
  KiB: 1024,
  MiB: 1024 * 1024,
};

describe('docs/security.md', () => {
  it('gives every limit the value that the code has', () => {
    const text = readFileSync(fixturePath('../docs/security.md'), 'utf8');
    const rows = [...text.matchAll(/^\| .+ \| +([\d,]+) ?(\w*) +\| `([A-Z_]+)` +\|$/gm)];
    const named = text.match(/\| `[A-Z_]+` +\|$/gm) ?? [];
    assert.equal(rows.length, named.length);
    assert.ok(rows.length > 15);
    for (const [, digits, unit, name] of rows) {
      const value = Number(digits!.replaceAll(',', '')) * FACTORS[unit!]!;
      assert.equal(value, CONSTANTS[name!], name);
    }
  });
});
