/** What many histories came to. */
import type { SimulationReport } from './run-simulation.ts';

export class Tally {
  histories = 0;
  #verbs = 0;
  #failed = 0;
  #killed = 0;
  #powerFailures = 0;
  #kills = 0;
  #events = 0;

  add(report: SimulationReport): void {
    this.histories++;
    this.#verbs += report.verbs;
    this.#failed += report.failed;
    this.#killed += report.killed;
    this.#powerFailures += report.powerFailures;
    this.#kills += report.kills;
    this.#events += report.events;
  }

  get text(): string {
    return [
      `${this.histories} histories`,
      `${this.#verbs} verbs (${this.#failed} failed as they may, ${this.#killed} were killed)`,
      `${this.#powerFailures} power failures`,
      `${this.#kills} kills`,
      `${this.#events} steps`,
      'nothing lost',
    ].join(', ');
  }
}
