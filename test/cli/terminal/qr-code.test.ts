import assert from 'node:assert/strict';
import decodeQR from 'qr/decode.js';

import { qrCodeLines } from '../../../cli/terminal/qr-code.ts';

/** Pixels of a module, in each direction: what a camera would see. */
const SCALE = 6;

/** Draws what a terminal shows, light on dark, as a picture. */
function picture(lines: readonly string[]): { width: number; height: number; data: Uint8Array } {
  const rows = lines.flatMap((line) => [
    Array.from(line).map((block) => block === '█' || block === '▀'),
    Array.from(line).map((block) => block === '█' || block === '▄'),
  ]);
  const [width, height] = [rows[0]!.length * SCALE, rows.length * SCALE];
  const data = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const isLight = rows[Math.floor(y / SCALE)]![Math.floor(x / SCALE)]!;
      data.set(
        [isLight, isLight, isLight, true].map((on) => (on ? 255 : 0)),
        (y * width + x) * 4,
      );
    }
  }
  return { width, height, data };
}

describe('a QR code on a terminal', () => {
  it('is read as the text that it shows', async () => {
    const text = 'dits peer pair K7QM2X --at 192.168.1.5:4433';
    const lines = await qrCodeLines(text);
    assert.equal(new Set(lines.map((line) => line.length)).size, 1);
    assert.ok(lines[0]!.length <= 80, 'it fits a terminal');
    assert.equal(decodeQR(picture(lines)), text);
  });
});
