/** The share of a title, in parts of 20, from which it counts as watched to its end: 19 of 20, or 95 %. */
const creditsRoll = 19;

/** The shortest and longest watch, in seconds, of a session that ends with `complete`. */
export const leastToComplete = (durationSeconds: number): number => Math.ceil((durationSeconds * creditsRoll) / 20);

/** Tenths of a per cent, rounded down; so 950 and above means complete, exactly. */
export const completionTenths = (watchedSeconds: number, durationSeconds: number): number =>
  Math.floor((watchedSeconds * 1000) / durationSeconds);
