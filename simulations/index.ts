/** Many nodes on bad links, under a virtual clock and a seed (docs/simulation.md). Tests borrow the parts. */
export { SampleRepository } from './sample-repository.ts';
export { SeededRandom } from './seeded-random.ts';
export { VirtualClock } from './virtual-clock.ts';
export { LossyLink, type LinkQuality } from './lossy-link.ts';
export { runSimulation, type SimulationReport } from './run-simulation.ts';
