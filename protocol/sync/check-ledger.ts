/** The source's open questions: which CHUNK_BATCH_CHECK was sent with what, answered strictly in order. */
import type { BatchCheckResponse } from '../messages/checks.ts';
import { invalidMessage } from '../messages/wire-fields.ts';
import type { Candidate } from './candidate.ts';

export class CheckLedger {
  readonly #open: { readonly number: number; readonly candidates: readonly Candidate[] }[] = [];
  #lastNumber = 0;

  get openCount(): number {
    return this.#open.length;
  }

  /** Notes a question and returns its number. */
  ask(candidates: readonly Candidate[]): number {
    const number = ++this.#lastNumber;
    this.#open.push({ number, candidates });
    return number;
  }

  /**
   * Takes the answer to the oldest question.
   * @throws ProtocolError DITS_PROTOCOL_INVALID_MESSAGE for an answer to no question or of another length
   */
  answer(response: BatchCheckResponse): { missing: Candidate[]; presentCount: number } {
    const question = this.#open.shift();
    if (question?.number !== response.number) {
      throw invalidMessage(`answers check ${response.number}, which is not the one waiting`);
    }
    const { candidates } = question;
    if (response.present.length !== candidates.length) {
      throw invalidMessage(
        `answers ${response.present.length} ids where ${candidates.length} were asked`,
      );
    }
    const missing = candidates.filter((_, index) => response.present[index] === false);
    return { missing, presentCount: candidates.length - missing.length };
  }
}
