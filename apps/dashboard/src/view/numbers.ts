const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const tenths = new Intl.NumberFormat('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 });

export const count = (value: number): string => whole.format(value);

/** A rate: small ones with a decimal. */
export const perSecond = (value: number): string => (value > 0 && value < 10 ? tenths : whole).format(value);

/** A span of time: `85 ms`, `1.2 s`, `3 min`. */
export const span = (ms: number): string => {
  if (ms < 1000) return `${whole.format(ms)} ms`;
  return ms < 60_000 ? `${tenths.format(ms / 1000)} s` : `${whole.format(ms / 60_000)} min`;
};

/** Seconds watched: `45 s`, `12:05`, `1:02:09`. */
export const watched = (seconds: number): string => {
  if (seconds < 60) return `${seconds} s`;
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const [first, ...rest] = parts[0] === 0 ? parts.slice(1) : parts;
  return [first, ...rest.map((part) => String(part).padStart(2, '0'))].join(':');
};

/** The top of a scale for values up to `most`: a round number, whose half is a whole one. */
export const niceTop = (most: number): number => {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, most)));
  const steps = power === 1 ? [2, 4, 6, 8, 10] : [1, 2, 3, 4, 5, 6, 8, 10];
  return power * (steps.find((step) => step * power >= most) ?? 10);
};
