import type { Family } from '@acme/telemetry-schema';
import type { Consumer } from './consumers.ts';
import { streams } from './streams.ts';

/** An event source mapping of a platform: what it reads, and whom it tells. */
export interface MappingOf {
  readonly uuid: string;
  readonly source: string;
  readonly functionName: string;
}

/** Those of a consumer. */
export const mappingsOf = ({ functions, reads }: Consumer, mappings: readonly MappingOf[]): readonly MappingOf[] => {
  const sources = new Set((Object.keys(reads) as Family[]).map((family) => streams[family].name));
  return mappings.filter(({ functionName, source }) => functionName.startsWith(functions) && sources.has(source));
};
