/**
 * Whether a text is what a pattern says: `*` stands for any characters, however many.
 *
 * Takes at most pattern × text steps, where a regular expression made of the pattern can take for ever (`*****!`).
 *
 * @param one the sign that stands for exactly one character @default none does
 */
export const matchesWildcard = (pattern: string, text: string, one = ''): boolean => {
  let [at, inPattern] = [0, 0];
  // Where to go on when what follows the last `*` does not fit: that `*` then takes one character more.
  let [star, taken] = [-1, 0];
  while (at < text.length) {
    const sign = pattern[inPattern];
    if (sign === '*') [star, taken, inPattern] = [inPattern, at, inPattern + 1];
    else if (sign !== undefined && (sign === text[at] || sign === one)) [at, inPattern] = [at + 1, inPattern + 1];
    else if (star >= 0) [at, taken, inPattern] = [taken + 1, taken + 1, star + 1];
    else return false;
  }
  while (pattern[inPattern] === '*') inPattern++;
  return inPattern === pattern.length;
};
