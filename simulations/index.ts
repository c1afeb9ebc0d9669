/** Many nodes on bad links, under a virtual clock and a seed (docs/simulation.md). Tests borrow the parts. */
export { SampleRepository } from './sample-repository.ts';
export { SeededRandom } from './seeded-random.ts';
export { SimulationFailure, runSimulation } from './run-simulation.ts';
export { VirtualClock } from './virtual-clock.ts';
export { runSwarm, type SwarmResult, type SwarmScenario } from './swarm/run-swarm.ts';
