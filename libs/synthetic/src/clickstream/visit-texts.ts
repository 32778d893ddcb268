import { customerId, numberedIds } from '../ids.ts';
import type { Universe } from '../universe/universe.ts';
import { countries } from '../universe/vocabulary.ts';
import type { ClickBlock } from './block.ts';
import { visitsPerBlock } from './limits.ts';
import { clickstreamDevices } from './vocabulary.ts';

/** More bytes than a visit's text takes: 85. */
const room = 96;

/** The part of a line that all events of a visit share, encoded once per visit: from the user's id to the region. */
export class VisitTexts {
  readonly of: Buffer[] = [];
  readonly #universe: Universe;
  readonly #visitId: (number: number) => string;
  readonly #bytes = Buffer.allocUnsafe(visitsPerBlock * room);

  constructor(universe: Universe) {
    this.#universe = universe;
    this.#visitId = numberedIds('vs', universe.seed);
  }

  /** Encodes the visits of a block; the texts of the block before are gone. */
  encode(number: number, block: ClickBlock): void {
    const { country } = this.#universe.customers;
    for (let visit = 0; visit < block.visits; visit++) {
      const customer = block.customer[visit]!;
      const text =
        `${customerId(customer)}","sessionId":"${this.#visitId(number * visitsPerBlock + visit)}` +
        `","deviceType":"${clickstreamDevices[block.device[visit]!]!}","region":"${countries[country[customer]!]!}"`;
      const start = visit * room;
      this.of[visit] = this.#bytes.subarray(start, start + this.#bytes.write(text, start, 'latin1'));
    }
  }
}
