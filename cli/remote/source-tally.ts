/** Who gave what of a fetch, as `sources[]` shows it, and who was dropped, as people are told. */
import type { SwarmSourceReport, SyncReport } from '../../protocol/index.ts';
import type { CommandContext } from '../command-context.ts';
import { printable } from '../terminal/printable.ts';
import type { RemoteLink } from './remote-link.ts';
import type { SourceReport } from './transfer-report.ts';

/** Where a source is. */
export type SourcePlace = Pick<SourceReport, 'peerId' | 'address' | 'path'>;

type DropReason = NonNullable<SwarmSourceReport['dropped']>['reason'];

/** What a source did that it is asked no more. One that is merely gone has done nothing. */
const FAULTS: Readonly<Record<Exclude<DropReason, 'lost'>, string>> = {
  'wrong-bytes': 'it sent other bytes than were asked for',
  'broke-rules': 'it does not keep to the protocol',
  silent: 'it owed chunks and sent nothing',
  slow: 'it sent far less than others',
};

/** Whether a source should not be asked again. */
export function isAtFault({ dropped }: SwarmSourceReport): boolean {
  return dropped !== null && dropped.reason !== 'lost';
}

export function placeOf({ peerId, address, path }: RemoteLink): SourcePlace {
  return { peerId: peerId ?? null, address, path };
}

export class SourceTally {
  readonly #context: CommandContext;
  readonly #nameOf: (peerId: string) => string | undefined;
  /** By peer, or by folder. */
  readonly #sources = new Map<string, SourceReport>();

  /** `nameOf`: the name of a known peer. */
  constructor(context: CommandContext, nameOf: (peerId: string) => string | undefined) {
    this.#context = context;
    this.#nameOf = nameOf;
  }

  /** Those that gave something, or were dropped for what they did. */
  get reports(): readonly SourceReport[] {
    return [...this.#sources.values()].filter(
      ({ bytes, dropped }) => bytes > 0 || dropped !== null,
    );
  }

  /** What a pull from one source brought. */
  pulled(place: SourcePlace, { bytes, chunks }: SyncReport): void {
    this.#add(place, { bytes: bytes.transferred, chunks: chunks.transferred, dropped: null });
  }

  /** What a source gave among others. `isExpected`: it should have stayed, so that its loss is told. */
  gave(place: SourcePlace, report: SwarmSourceReport, isExpected: boolean): void {
    const reason = report.dropped?.reason ?? null;
    const dropped = reason === 'lost' && !isExpected ? null : reason;
    this.#add(place, { bytes: report.bytes, chunks: report.chunks, dropped });
    if (reason === null || reason === 'lost') return;
    const name = this.#nameOf(place.peerId ?? '') ?? place.peerId ?? place.address;
    const where = `${printable(name)} (${printable(place.address)})`;
    this.#context.output.warn(`nothing more is taken from ${where}: ${FAULTS[reason]}`);
  }

  #add(place: SourcePlace, given: Pick<SourceReport, 'bytes' | 'chunks' | 'dropped'>): void {
    const key = place.peerId ?? place.address;
    const before = this.#sources.get(key);
    this.#sources.set(key, {
      ...place,
      name: (place.peerId === null ? undefined : this.#nameOf(place.peerId)) ?? null,
      bytes: given.bytes + (before?.bytes ?? 0),
      chunks: given.chunks + (before?.chunks ?? 0),
      dropped: given.dropped,
    });
  }
}
