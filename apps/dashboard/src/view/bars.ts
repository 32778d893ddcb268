import { make, say } from './element.ts';
import { count } from './numbers.ts';

/** Rows of bars with their numbers, in a fixed order, so that nothing jumps about while the numbers change. */
export const bars = (
  body: HTMLElement,
  names: readonly string[],
): ((counts: Readonly<Record<string, number>>) => void) => {
  const rows = new Map(names.map((name) => [name, aRow(name)]));
  body.append(...[...rows.values()].map(({ row }) => row));
  return (counts) => {
    const most = Math.max(1, ...Object.values(counts));
    for (const [name, { bar, number }] of rows) {
      const value = counts[name] ?? 0;
      bar.hidden = value === 0;
      bar.style.width = `${(value / most) * 100}%`;
      say(number, count(value));
    }
  };
};

const aRow = (name: string) => {
  const row = make('tr');
  const title = make('th', name);
  title.scope = 'row';
  const track = make('td', '', 'track');
  track.setAttribute('aria-hidden', 'true'); // the number says it
  const bar = make('div', '', 'bar');
  const number = make('td', '0', 'number');
  track.append(bar);
  row.append(title, track, number);
  return { row, bar, number };
};
