/** Events 256·b to 256·b + 255 form block b: whole sessions, in time order, found from the seed and b alone. */
export const eventsPerBlock = 256;

/** A session has at least a beginning and an end. */
export const sessionsPerBlock = eventsPerBlock / 2;

/** Events are numbered below 2^53, the whole numbers that JavaScript holds exactly. */
export const endOfEvents = Number.MAX_SAFE_INTEGER;

export const longestTitleMinutes = 180;
export const mostPauses = 3;
export const longestPauseMinutes = 20;

/** The span of time that holds any whole session, and so all events of a block: 4 hours. */
export const windowMs = (longestTitleMinutes + mostPauses * longestPauseMinutes) * 60_000;
