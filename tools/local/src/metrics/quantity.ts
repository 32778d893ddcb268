/** A value in its unit, as people read it: `1,234`, `12.3 ms`, `1.2 MB`. */
export const quantity = (value: number | undefined, unit: string): string => {
  if (value === undefined) return '';
  switch (unit) {
    case 'Milliseconds':
      return value >= 1000 ? `${short(value / 1000)} s` : `${short(value)} ms`;
    case 'Seconds':
      return `${short(value)} s`;
    case 'Percent':
      return `${short(value)} %`;
    case 'Bytes':
      return bytes(value);
    default:
      return short(value);
  }
};

/** Whole numbers whole, others to three digits. */
const short = (value: number): string => {
  const rounded = Number.isInteger(value) || Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3));
  return rounded.toLocaleString('en-US');
};

const bytes = (value: number): string => {
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, value)) / 3));
  return `${short(value / 1000 ** power)} ${units[power]}`;
};
