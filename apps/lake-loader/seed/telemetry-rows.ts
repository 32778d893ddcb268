import { eventsPerBlock, type Universe, viewingColumns, type ViewingRange } from '@acme/synthetic';
import { type DuckDBConnection, type DuckDBDataChunk, DuckDBTableFunction } from '@duckdb/node-api';
import duckdb from '@duckdb/node-bindings';
import { type Contents, countContents } from './contents.ts';
import { fillColumns } from './fill-columns.ts';
import { type HandedOver, handedOver, vectorRows } from './telemetry-columns.ts';

/**
 * The events of a day as the DuckDB table function `telemetry_rows()`: made while they are read, so that memory does not
 * grow with their number.
 */
export class TelemetryRows {
  readonly #universe: Universe;
  readonly #columns: HandedOver;
  readonly #count: ReturnType<typeof countContents>;
  #blocks: ReturnType<typeof viewingColumns>;
  #startMs = 0;
  #contents: Contents = { rows: 0, watchedSeconds: 0, advertisements: 0 };

  constructor(universe: Universe, duckDb: DuckDBConnection) {
    this.#universe = universe;
    this.#columns = handedOver(universe);
    this.#count = countContents(universe);
    this.#blocks = viewingColumns(universe, { from: 0, count: 0, clock: () => 0 });
    duckDb.registerTableFunction(
      DuckDBTableFunction.create({
        name: 'telemetry_rows',
        bindFunction: (info) => {
          for (const [name, { type }] of Object.entries(this.#columns)) info.addResultColumn(name, type);
        },
        initFunction: () => undefined,
        mainFunction: (_, chunk) => this.#fill(chunk),
      }),
    );
  }

  /** The next query reads the events of this range that lie on this day. */
  open(range: ViewingRange, date: string): void {
    this.#blocks = viewingColumns(this.#universe, range);
    this.#startMs = Date.parse(date);
    this.#contents = { rows: 0, watchedSeconds: 0, advertisements: 0 };
  }

  /** What has been read since `open`. */
  get contents(): Contents {
    return this.#contents;
  }

  /** A chunk without rows would end the table, so blocks are taken until one has events of the day. */
  #fill(chunk: DuckDBDataChunk): void {
    let rows = 0;
    while (rows === 0 || rows + eventsPerBlock <= vectorRows) {
      const block = this.#blocks.next();
      if (block.done) break;
      const before = rows;
      rows = fillColumns(this.#columns, rows, block.value, this.#startMs);
      if (rows > before) this.#contents = this.#count(this.#contents, this.#columns, before, rows);
    }
    chunk.rowCount = rows;
    if (rows === 0) return;
    Object.values(this.#columns).forEach(({ values }, index) => {
      const vector = duckdb.data_chunk_get_vector(chunk.chunk, index);
      duckdb.copy_data_to_vector(vector, 0, values.buffer, values.byteOffset, rows * values.BYTES_PER_ELEMENT);
    });
  }
}
