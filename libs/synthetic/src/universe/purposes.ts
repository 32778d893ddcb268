/** What each stream of random numbers is for: a number each, below 2^11, never used for anything else. */
export const purposes = {
  customers: 1,
  titles: 2,
  campaigns: 3,
  sessions: 4,
  times: 5,
  signups: 6,
  releases: 7,
  faults: 8,
  visits: 9,
  clickstreamFaults: 10,
} as const;
