/** Every section of docs/benchmarks.md, in the order of the page. */
import { takeInSection } from './compare/take-in.ts';
import { transferSection } from './compare/transfer.ts';
import { linksSection } from './links/links.ts';
import type { Section } from './section.ts';

export const SECTIONS: readonly Section[] = [takeInSection, transferSection, linksSection];
