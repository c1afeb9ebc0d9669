/** Every section of docs/benchmarks.md, in the order of the page. */
import { localSection } from './compare/local.ts';
import { takeInSection } from './compare/take-in.ts';
import { transferSection } from './compare/transfer.ts';
import { profileSection } from './dedup/chunk-profiles.ts';
import { dedupSection } from './dedup/dedup.ts';
import { growthSection } from './growth/growth.ts';
import { haveWantSection } from './have-want/have-want.ts';
import { keepSection } from './keep/keep.ts';
import { linksSection } from './links/links.ts';
import { reachSection } from './reach/reach.ts';
import { pairSection } from './pair/pair.ts';
import { nearSection } from './near/near.ts';
import { relaySection } from './relay/relay.ts';
import type { Section } from './section.ts';
import { simulationSection } from './simulation/simulation.ts';
import { soakSection } from './soak/soak.ts';
import { swarmSection } from './swarm/swarm.ts';

export const SECTIONS: readonly Section[] = [
  takeInSection,
  transferSection,
  localSection,
  linksSection,
  keepSection,
  nearSection,
  growthSection,
  dedupSection,
  profileSection,
  haveWantSection,
  reachSection,
  pairSection,
  relaySection,
  soakSection,
  swarmSection,
  simulationSection,
];
