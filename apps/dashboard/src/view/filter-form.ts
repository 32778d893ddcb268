import type { Filter } from '@acme/live-frame';
import { byId, make } from './element.ts';

/** Chips that choose event types and devices; none chosen means all. */
export const filterForm = (
  eventTypes: readonly string[],
  deviceTypes: readonly string[],
  onChange: (filter: Filter) => void,
): void => {
  const form = byId<HTMLFormElement>('filter');
  const clear = byId('filter-clear');
  byId('filter-type').append(...eventTypes.map((name) => chip('event_type', name)));
  byId('filter-device').append(...deviceTypes.map((name) => chip('device_type', name)));
  const chosen = (name: string): string[] => new FormData(form).getAll(name).map(String);
  const changed = (): void => {
    const [event_type, device_type] = [chosen('event_type'), chosen('device_type')];
    const filter = { ...(event_type.length ? { event_type } : {}), ...(device_type.length ? { device_type } : {}) };
    clear.hidden = Object.keys(filter).length === 0;
    onChange(filter);
  };
  form.addEventListener('change', changed);
  form.addEventListener('submit', (event) => event.preventDefault());
  // The boxes are emptied only after this event and its microtasks.
  form.addEventListener('reset', () => {
    window.setTimeout(changed);
    form.querySelector('input')?.focus();
  });
};

const chip = (name: string, value: string): HTMLLabelElement => {
  const label = make('label', '', 'chip');
  const box = make('input');
  Object.assign(box, { type: 'checkbox', name, value });
  label.append(box, make('span', value));
  return label;
};
