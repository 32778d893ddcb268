import type { ShownEvent } from '@acme/live-frame';
import { make } from './element.ts';
import { watched } from './numbers.ts';

/** The rows of the newest events. A row is made once for its event and moves down as newer ones come. */
export const recentTable = (body: HTMLElement): ((events: readonly ShownEvent[]) => void) => {
  const rows = new WeakMap<ShownEvent, HTMLTableRowElement>();
  const rowOf = (event: ShownEvent): HTMLTableRowElement => {
    const row = rows.get(event) ?? aRow(event);
    rows.set(event, row);
    return row;
  };
  return (events) => body.replaceChildren(...events.map(rowOf));
};

const aRow = (event: ShownEvent): HTMLTableRowElement => {
  const row = make('tr');
  const type = make('td');
  type.append(make('span', event.event_type, 'type'));
  row.append(
    make('td', event.event_timestamp.slice(11, 19), 'time'),
    type,
    make('td', event.device_type),
    make('td', event.customer_id, 'wide id'),
    make('td', event.title_id, 'id'),
    make('td', event.title_type, 'wide'),
    make('td', event.quality, 'wide'),
    make('td', watched(event.watch_duration_seconds), 'number'),
    make('td', `${Math.round(event.completion_percentage)} %`, 'number'),
  );
  return row;
};
