import { type Paint, terminalTable } from '../sql-shell/terminal-table.ts';
import { quantity } from './quantity.ts';
import { type AlarmNow, type Measured, type MetricNow, together } from './read-metrics.ts';
import { sparkline } from './sparkline.ts';

/** Minutes that one bar stands for. */
const minutesPerBar = 2;

/** What is added up; of all else the average says more. */
const added: readonly string[] = ['Count', 'Bytes'];

const text = (name: string) => ({ name, type: 'VARCHAR' });
/** To the right, as numbers are. */
const number = (name: string) => ({ name, type: 'DOUBLE' });

/** The metrics as a table: a line for each, its namespace where it begins. */
export const metricsTable = (
  metrics: readonly MetricNow[],
  { width, paint }: { readonly width: number; readonly paint: Paint },
): string => {
  const rows = metrics.map(({ namespace, name, dimensions, unit, minutes }, index) => {
    const isSum = added.includes(unit);
    const value = (measured: Measured | undefined) => (isSum ? measured?.sum : measured?.average);
    const bars = Array.from({ length: minutes.length / minutesPerBar }, (_, bar) =>
      value(together(minutes.slice(bar * minutesPerBar, (bar + 1) * minutesPerBar))),
    );
    return {
      namespace: namespace === metrics[index - 1]?.namespace ? '' : namespace,
      metric: name,
      dimensions: Object.entries(dimensions)
        .map(([dimension, of]) => `${dimension}=${of}`)
        .join(' '),
      of: isSum ? 'sum' : 'average',
      'last minute': quantity(value(minutes.at(-1)), unit),
      'last hour': quantity(value(together(minutes)), unit),
      'two minutes a bar': sparkline(bars),
    };
  });
  const columns = [
    ...[text('namespace'), text('metric'), text('dimensions'), text('of')],
    ...[number('last minute'), number('last hour'), text('two minutes a bar')],
  ];
  return terminalTable({ columns, rows }, { width, paint }).text;
};

/** How many alarms are in which state, and each that is not OK with its reason; with `isFull`, the others too. */
export const alarmLines = (alarms: readonly AlarmNow[], isFull: boolean, paint: Paint): string[] => {
  const inState = (state: string): number => alarms.filter((alarm) => alarm.state === state).length;
  const states = Object.keys(colours).filter((state) => inState(state) > 0);
  const counts = states.map((state) => paint(colours[state] ?? 'dim', `${inState(state)} ${state}`));
  const shown = alarms.filter(({ state }) => isFull || state !== 'OK');
  return [
    `${paint('bold', 'alarms')}  ${counts.length > 0 ? counts.join(', ') : 'none'}`,
    ...shown.flatMap(({ name, state, reason, description }) => [
      `  ${paint(colours[state] ?? 'dim', state)}  ${name}`,
      ...(description && state === 'ALARM' ? [`      ${description}`] : []),
      `      ${paint('dim', reason)}`,
    ]),
  ];
};

const colours: Readonly<Record<string, 'red' | 'yellow' | 'green'>> = {
  ALARM: 'red',
  INSUFFICIENT_DATA: 'yellow',
  OK: 'green',
};
