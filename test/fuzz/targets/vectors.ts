/** The vectors of messages and objects as inputs to begin with. */
import { readFileSync } from 'node:fs';
import type { MessageName } from '../../../protocol/index.ts';
import { fixturePath } from '../../support/fixture-path.ts';

function readVectors<T>(file: string, list: string): readonly T[] {
  const text = readFileSync(fixturePath(`vectors/${file}`), 'utf8');
  return (JSON.parse(text) as Record<string, readonly T[]>)[list]!;
}

export type MessageVector = { readonly name: MessageName; readonly frame: string };
export type ObjectVector = { readonly type: string; readonly hex: string };

/** One frame of every message at least. */
export function messageVectors(): readonly MessageVector[] {
  return readVectors('messages.json', 'cases');
}

/** Objects of all kinds; `type` is the kind, with `manifest-root` and `manifest-node` for the two kinds of manifest. */
export function objectVectors(): readonly ObjectVector[] {
  return readVectors('objects.json', 'valid');
}
