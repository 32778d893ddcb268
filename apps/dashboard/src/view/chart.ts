import { windowSeconds } from '../rate-window.ts';
import { make, say } from './element.ts';
import { count, niceTop } from './numbers.ts';

const height = 100;
/** The newest second's place. */
const last = windowSeconds - 1;
const svg = <K extends keyof SVGElementTagNameMap>(tag: K, attributes: Record<string, string>) => {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
};

/**
 * A line of the events in each of the last 60 seconds; seconds before anybody looked are left empty. A pointer on it
 * reads one second out.
 */
export const chart = (place: HTMLElement): ((values: readonly (number | undefined)[]) => void) => {
  const picture = svg('svg', {
    viewBox: `0 0 ${last} ${height}`,
    preserveAspectRatio: 'none',
    role: 'img',
  });
  const area = svg('path', { class: 'area' });
  const line = svg('path', { class: 'line' });
  const grid = svg('path', { class: 'grid', d: `M0 0H${last}M0 ${height / 2}H${last}` });
  const base = svg('path', { class: 'base', d: `M0 ${height}H${last}` });
  const cursor = svg('path', { class: 'cursor', d: '' });
  picture.append(grid, base, area, line, cursor);
  const [top, middle] = [make('span', '', 'tick top'), make('span', '', 'tick middle')];
  const [from, to] = [make('span', '60 s ago', 'tick from'), make('span', 'now', 'tick to')];
  const readout = make('span', '', 'readout');
  place.append(picture, top, middle, from, to, readout);

  let shown: readonly (number | undefined)[] = [];
  let pointedAt: number | undefined;
  const point = (): void => {
    const value = pointedAt === undefined ? undefined : shown[pointedAt];
    readout.hidden = value === undefined;
    cursor.setAttribute('d', value === undefined ? '' : `M${pointedAt} 0V${height}`);
    if (value === undefined || pointedAt === undefined) return;
    const ago = windowSeconds - pointedAt;
    say(readout, `${count(value)} events, ${ago} s ago`);
    readout.style.left = `${(pointedAt / last) * 100}%`;
    readout.classList.toggle('left', pointedAt > windowSeconds / 2);
  };
  picture.addEventListener('pointermove', ({ clientX }) => {
    const { left, width } = picture.getBoundingClientRect();
    const index = Math.round(((clientX - left) / width) * last);
    pointedAt = Math.min(last, Math.max(0, index));
    point();
  });
  picture.addEventListener('pointerleave', () => {
    pointedAt = undefined;
    point();
  });
  point();

  return (values) => {
    shown = values;
    const most = Math.max(0, ...values.map((value) => value ?? 0));
    const scale = niceTop(most);
    const points = values.flatMap((value, second) =>
      value === undefined ? [] : [`${second} ${(height * (1 - value / scale)).toFixed(2)}`],
    );
    const first = last + 1 - points.length;
    line.setAttribute('d', points.length > 0 ? `M${points.join('L')}` : '');
    area.setAttribute('d', points.length > 0 ? `M${first} ${height}L${points.join('L')}L${last} ${height}Z` : '');
    say(top, count(scale));
    say(middle, count(scale / 2));
    picture.setAttribute('aria-label', `Events per second over the last minute, at most ${count(most)}`);
    point();
  };
};
