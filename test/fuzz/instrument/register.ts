/** `node --import` this: modules that are loaded afterwards have counters. */
import { register } from 'node:module';
import { provideCounters } from './counters.ts';

provideCounters();
register(new URL('./hooks.js', import.meta.url));
