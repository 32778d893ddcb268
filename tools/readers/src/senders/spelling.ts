/** How one UTF-16 unit of a text is written in JSON: as itself, as `\u00e9` or `\u00E9`, or by its short escape. */
export const spellings = ['itself', 'lower', 'upper', 'short'] as const;
export type Spelling = (typeof spellings)[number];

const short: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '/': '\\/',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/** A text as JSON writes it, unit by unit in these spellings, again from the first when there are no more. */
export const spelledText = (text: string, as: readonly Spelling[]): string => {
  let json = '"';
  for (let at = 0; at < text.length; at += 1) {
    const unit = text[at] as string;
    const spelling = as[at % as.length] ?? 'itself';
    const isBound = unit < ' ' || unit === '"' || unit === '\\'; // may not stand for itself
    if (spelling === 'short' || (isBound && spelling === 'itself')) json += short[unit] ?? (isBound ? hex(unit) : unit);
    else if (spelling === 'itself') json += unit;
    else json += spelling === 'upper' ? hex(unit).toUpperCase().replace('U', 'u') : hex(unit);
  }
  return `${json}"`;
};

const hex = (unit: string): string => String.raw`\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** A number in the many ways that JSON has for it, and in some that it has not. */
export const spelledNumber = (value: number, way: number): string => {
  const plain = JSON.stringify(value);
  const whole = Number.isInteger(value) && Math.abs(value) < 1e15;
  const ways = [
    plain,
    value.toExponential(),
    value.toExponential().toUpperCase(),
    `${value.toExponential().replace('e+', 'e')}`,
    ...(whole ? [`${plain}.0`, `${plain}.00000000000000000000`, `${plain}0e-1`, `${plain}e0`, `${plain}E+00`] : []),
    `-${plain}`,
    `"${plain}"`,
    `0${plain}`,
    `+${plain}`,
    `${plain}.`,
  ];
  return ways[way % ways.length] as string;
};
