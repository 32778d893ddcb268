/** What Firehose knows of a buffer when it names its object. */
export interface PrefixFacts {
  /** Arrival of the oldest record. */
  readonly arrival: Date;
  /** IANA name, as CustomTimeZone has it. */
  readonly timeZone: string;
  readonly random: string;
}

const expressions = /!\{([^:}]*):([^}]*)\}/g;
const defaultPrefix = '!{timestamp:yyyy/MM/dd/HH/}';

/**
 * The folder of a delivered object: expressions `!{timestamp:<Java date pattern>}` and `!{firehose:random-string}`
 * replaced; a prefix without expressions is followed by `yyyy/MM/dd/HH/`, as Firehose does.
 *
 * @throws PrefixError for an expression that Firehose does not know
 */
export const evaluatePrefix = (prefix: string, facts: PrefixFacts): string =>
  replaceExpressions(hasExpression(prefix) ? prefix : prefix + defaultPrefix, (name, argument) => {
    if (name === 'timestamp') return formatDate(argument, facts.arrival, facts.timeZone);
    if (name === 'firehose' && argument === 'random-string') return facts.random;
    throw new PrefixError(`${name}:${argument} is no expression of an object prefix`);
  });

/** Finds what is wrong with the prefixes of a destination before the first record comes. @throws PrefixError */
export const checkPrefixes = (prefix: string, errorPrefix: string | undefined, timeZone: string): void => {
  const facts = { arrival: new Date(0), timeZone, random: '' };
  evaluatePrefix(prefix, facts);
  if (errorPrefix === undefined) {
    if (hasExpression(prefix)) throw new PrefixError('a Prefix with expressions needs an ErrorOutputPrefix');
    return;
  }
  if (hasExpression(errorPrefix) && !errorPrefix.includes('!{firehose:error-output-type}')) {
    throw new PrefixError('an ErrorOutputPrefix with expressions needs !{firehose:error-output-type}');
  }
  evaluatePrefix(errorPrefix.replaceAll('!{firehose:error-output-type}', 'processing-failed'), facts);
};

/** A prefix that Firehose would refuse. */
export class PrefixError extends Error {
  override readonly name = 'PrefixError';
}

/** The date in an object's name: `2026-11-21-10-05-00`, UTC. */
export const nameDate = (arrival: Date): string => formatDate('yyyy-MM-dd-HH-mm-ss', arrival, 'UTC');

const hasExpression = (prefix: string): boolean => prefix.includes('!{');

const replaceExpressions = (prefix: string, valueOf: (name: string, argument: string) => string): string => {
  const value = prefix.replace(expressions, (_, name: string, argument: string) => valueOf(name, argument));
  if (value.includes('!{')) throw new PrefixError('an expression reads !{name:argument}');
  return value;
};

/** Java's DateTimeFormatter, as far as folders need it: y M d H m s, 'quoted text', and any other punctuation. */
const formatDate = (pattern: string, date: Date, timeZone: string): string => {
  const fields = fieldsOf(date, timeZone);
  return pattern.replace(/'((?:[^']|'')*)'|([A-Za-z])\2*/g, (token, quoted: string | undefined, letter: string) => {
    if (quoted !== undefined) return quoted === '' ? "'" : quoted.replaceAll("''", "'");
    const field = fields[letter];
    if (field === undefined || token.length > 4)
      throw new PrefixError(`the date pattern ${token} is no expression known here`);
    return letter === 'y' && token.length === 2
      ? field.slice(-2)
      : field.replace(/^0+(?=\d)/, '').padStart(token.length, '0');
  });
};

const fieldsOf = (date: Date, timeZone: string): Record<string, string | undefined> => {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).formatToParts(date);
  const part = Object.fromEntries(parts.map(({ type, value }) => [type, value]));
  return { y: part.year, M: part.month, d: part.day, H: part.hour, m: part.minute, s: part.second };
};
