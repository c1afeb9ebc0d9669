/** Where modules with counters look for them: a function of how many they need, at this symbol of the global object. */
export const COUNTERS_SYMBOL = 'dits.fuzz.counters';
