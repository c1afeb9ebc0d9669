/** Every verb, in the order of the help; each is loaded only when it is used. */
import type { Verb } from './verb.ts';

export type VerbEntry = {
  readonly summary: string;
  readonly load: () => Promise<Verb>;
};

export const VERBS: Readonly<Record<string, VerbEntry>> = {
  try: {
    summary: 'watch two nodes and a relay sync on this machine',
    load: async () => (await import('./commands/try.ts')).tryOut,
  },
};
