/**
 * What is known of the refs of one repository from the outside: which moves were asked for, and which were acknowledged.
 * Refs change by compare-and-set, so the moves of a ref that happened form one chain from nothing to its value: two that
 * start from the same value cannot both have won, and none that was acknowledged may be missing from the chain.
 */
import type { ObjectId, RefName } from '../../store/index.ts';
import { Violation } from '../world.ts';

type Value = ObjectId | null;

type Move = {
  readonly from: Value;
  readonly to: Value;
  /** Whoever asked for it was told that it has happened. */
  isAcknowledged: boolean;
};

export class RefHistory {
  readonly #owner: string;
  readonly #moves = new Map<RefName, Move[]>();

  constructor(owner: string) {
    this.#owner = owner;
  }

  /** A move is about to be tried; call what it returns with what became of it. Never called, it may or may not happen. */
  tried(name: RefName, from: Value, to: Value): (outcome: 'happened' | 'refused') => void {
    const moves = this.#moves.get(name) ?? [];
    this.#moves.set(name, moves);
    const move: Move = { from, to, isAcknowledged: false };
    moves.push(move);
    return (outcome) => {
      if (outcome === 'refused') moves.splice(moves.indexOf(move), 1);
      else this.#acknowledge(name, move);
    };
  }

  /** Someone elsewhere was told that this ref went there. */
  acknowledged(name: RefName, from: Value, to: Value): void {
    const same = (this.#moves.get(name) ?? []).filter((one) => one.from === from && one.to === to);
    const move = same.find((one) => one.isAcknowledged) ?? same[0];
    if (move === undefined) {
      throw new Violation('ref-race', `${this.#where(name)} was said to be at ${to}, untried`);
    }
    this.#acknowledge(name, move);
  }

  /** Every value that a ref was said to have which is there now. */
  acknowledgedTargets(names: readonly RefName[]): readonly ObjectId[] {
    const all = names.flatMap((name) => this.#moves.get(name) ?? []);
    return all.filter((move) => move.isAcknowledged).flatMap(({ to }) => to ?? []);
  }

  /** Names that were ever moved. */
  get names(): readonly RefName[] {
    return [...this.#moves.keys()];
  }

  /** @throws Violation when no chain of moves with all that were acknowledged leads to this value */
  check(name: RefName, value: Value): void {
    const moves = this.#moves.get(name) ?? [];
    const open = moves.filter((move) => move.isAcknowledged).length;
    if (!leadsTo({ moves, value }, null, { open, used: new Set() })) {
      throw new Violation('lost-ref', `${this.#where(name)} is at ${value}; ${describe(moves)}`);
    }
  }

  #acknowledge(name: RefName, move: Move): void {
    move.isAcknowledged = true;
    const rival = this.#moves
      .get(name)!
      .find((one) => one !== move && one.isAcknowledged && one.from === move.from);
    if (rival !== undefined && rival.to !== move.to) {
      throw new Violation(
        'ref-race',
        `${this.#where(name)} went from ${move.from} both to ${rival.to} and to ${move.to}`,
      );
    }
  }

  #where(name: RefName): string {
    return `${name} of ${this.#owner}`;
  }
}

/** Whether moves lead from `at` to the value and use up all that were acknowledged. Values hardly ever repeat, so that this is short. */
function leadsTo(
  goal: { readonly moves: readonly Move[]; readonly value: Value },
  at: Value,
  { open, used }: { readonly open: number; readonly used: ReadonlySet<Move> },
): boolean {
  if (at === goal.value && open === 0) return true;
  return goal.moves.some((move) => {
    if (move.from !== at || used.has(move)) return false;
    const left = { open: open - (move.isAcknowledged ? 1 : 0), used: new Set([...used, move]) };
    return leadsTo(goal, move.to, left);
  });
}

function describe(moves: readonly Move[]): string {
  return moves
    .map(({ from, to, isAcknowledged }) => `${from} ${isAcknowledged ? '=>' : '->?'} ${to}`)
    .join(', ');
}
