import * as z from 'zod';
import { dimension, rowOf } from './dimension.ts';

/** On what kind of device it happened. */
export const devices = dimension({
  name: 'devices',
  tableName: 'enricher-devices',
  row: rowOf({ device_type: z.string(), screen: z.enum(['small', 'large']).describe('Size of the screen') }),
  key: 'device_type',
  keyOf: (event) => event.device_type,
  columns: { device_screen: 'screen' },
});
