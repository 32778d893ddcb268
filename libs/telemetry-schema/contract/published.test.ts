import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { contractProblems, sampleProblems } from './check.ts';

const workspace = join(import.meta.dirname, '..', '..', '..');
const published = join(workspace, 'libs', 'telemetry-schema', 'published');

describe('the published contract', () => {
  it('is what the schema promises', () => expect(contractProblems(workspace)).toBe(''));

  it('has samples of every version that still parse, whole', () => expect(sampleProblems(published)).toBe(''));
});
