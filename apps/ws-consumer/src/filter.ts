import {
  clickstreamDeviceTypes,
  clickstreamEventTypes,
  deviceTypes,
  eventTypes,
  families,
} from '@acme/telemetry-schema';
import type { Filter as LiveFilter } from '@acme/live-frame';
import * as z from 'zod';

const someOf = <const T extends string>(values: readonly T[]) => {
  const distinct = [...new Set(values)];
  const error = `must be a list of one or more of ${distinct.join(', ')}`;
  return z.array(z.enum(distinct, { error }), { error }).min(1, { error }).max(distinct.length, { error }).optional();
};

/** What a connection wants to see. A field that is left out lets everything pass. */
export const Filter = z.strictObject(
  {
    family: z.enum(families, { error: `must be one of ${families.join(', ')}` }).optional(),
    event_type: someOf([...eventTypes, ...clickstreamEventTypes]),
    device_type: someOf([...deviceTypes, ...clickstreamDeviceTypes]),
  },
  { error: 'must be an object with family, event_type and device_type, or some of them' },
) satisfies z.ZodType<LiveFilter>;
export type Filter = z.output<typeof Filter>;

/** The parts of an event that filters look at. */
export interface Filtered {
  readonly family: Filter['family'];
  readonly eventType: string;
  readonly deviceType: string;
}

/** Whether an event is what a filter asks for. */
export const matches = ({ family, event_type, device_type }: Filter, event: Filtered): boolean =>
  (family === undefined || family === event.family) &&
  (event_type === undefined || (event_type as readonly string[]).includes(event.eventType)) &&
  (device_type === undefined || (device_type as readonly string[]).includes(event.deviceType));
