/** There is no Athena to ask, or no work group in it. For people: says what to do. */
export class NoAthenaError extends Error {
  override readonly name = 'NoAthenaError';
}
