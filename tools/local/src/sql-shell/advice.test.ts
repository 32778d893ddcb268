import { describe, expect, it } from '@jest/globals';
import { advised } from './advice.ts';

const tables = ['customers', 'streaming_events', 'telemetry'];
const all = 'The tables are customers, streaming_events, telemetry.';

describe('advised', () => {
  it.each([
    [
      'Catalog Error: Table with name telemtry does not exist!',
      `There is no table telemtry. Did you mean telemetry? ${all}`,
    ],
    [
      "TABLE_NOT_FOUND: line 1:15: Table 'awsdatacatalog.acme_telemetry.Customer' does not exist",
      `There is no table Customer. Did you mean customers? ${all}`,
    ],
    [
      'Catalog Error: Table with name strem does not exist!',
      `There is no table strem. Did you mean streaming_events? ${all}`,
    ],
    ['Catalog Error: Table with name x does not exist!', `There is no table x. ${all}`],
    ['Catalog Error: Table with name orders does not exist!', `There is no table orders. ${all}`],
    ['Binder Error: Referenced column "x" not found', 'Binder Error: Referenced column "x" not found'],
  ])('%p becomes %p', (message, advice) => expect(advised(message, tables)).toBe(advice));

  it('says how tables come to be where there are none', () => {
    expect(advised('Table with name x does not exist!', [])).toBe(
      'There is no table x, and no other: npm start makes them.',
    );
  });
});
