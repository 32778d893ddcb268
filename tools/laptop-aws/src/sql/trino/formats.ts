import { SqlError } from '../sql-error.ts';

/** MySQL's letters, where strftime has others for the same or nothing like them. */
const mySqlLetters: Readonly<Record<string, string>> = {
  M: '%B',
  W: '%A',
  i: '%M',
  s: '%S',
  h: '%I',
  e: '%-d',
  c: '%-m',
  k: '%-H',
  l: '%-I',
  v: '%V',
  x: '%G',
  r: '%I:%M:%S %p',
  T: '%H:%M:%S',
};
const sameLetters = 'abdfHIjmpSyY%';

/** A format of date_format and date_parse as strftime's. @throws SqlError for a letter that is not covered */
export const mySqlFormat = (format: string): string =>
  format.replace(/%(.?)/gs, (written, letter: string) => {
    const known = mySqlLetters[letter] ?? (letter !== '' && sameLetters.includes(letter) ? written : undefined);
    if (known === undefined) throw notCovered('date_format and date_parse', written);
    return known;
  });

const jodaLetters: Readonly<Record<string, string>> = {
  yyyy: '%Y',
  YYYY: '%Y',
  yy: '%y',
  MMMM: '%B',
  MMM: '%b',
  MM: '%m',
  M: '%-m',
  dd: '%d',
  d: '%-d',
  HH: '%H',
  H: '%-H',
  hh: '%I',
  h: '%-I',
  mm: '%M',
  m: '%-M',
  ss: '%S',
  s: '%-S',
  SSS: '%g',
  SSSSSS: '%f',
  EEEE: '%A',
  EEE: '%a',
  DDD: '%j',
  D: '%-j',
  e: '%u',
  a: '%p',
  Z: '%z',
};

/** A format of format_datetime and parse_datetime as strftime's. @throws SqlError for a letter that is not covered */
export const jodaFormat = (format: string): string =>
  format.replace(/''|'([^']*)'|([a-zA-Z])\2*|%/g, (written, quoted: string | undefined, letter: string | undefined) => {
    if (written === "''") return "'";
    if (written === '%') return '%%';
    if (letter === undefined) return (quoted ?? '').replaceAll('%', '%%');
    const known = jodaLetters[written];
    if (known === undefined) throw notCovered('format_datetime and parse_datetime', written);
    return known;
  });

const notCovered = (functions: string, written: string): SqlError =>
  new SqlError(`INVALID_FUNCTION_ARGUMENT: ${functions} do not cover ${written} on the laptop`);
