import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A repository of three projects that read the schema, one of them whole events only, and one that does not. */
export const aWorkspace = (): { readonly folder: string; readonly remove: () => void } => {
  const folder = mkdtempSync(join(tmpdir(), 'contract-'));
  const sources = {
    'apps/viewer/src/view.ts': `import type { ViewingEvent } from '@acme/telemetry-schema';\n\nexport const seen = ({ title_id, quality }: ViewingEvent) => title_id + quality;\n`,
    'apps/viewer/src/view.test.ts': `const session_id = 'of a test';\n`,
    'apps/lake/queries/top.sql': `SELECT title_id,\n  preferred_genres,\n  SUM(watch_duration_seconds) FROM telemetry, customers GROUP BY 1\n`,
    'apps/lake/infra/queries.ts': `export const queries = [\n  {\n    name: 'Top titles',\n    description: 'The most watched first',\n    statement: \`SELECT title_id FROM telemetry GROUP BY 1;\`,\n  },\n];\n`,
    'apps/lake/infra/catalog.ts': `import { tables } from '@acme/telemetry-schema';\n`,
    'apps/shop/src/a.ts': `export const amount = 1;\n`,
    'apps/shop/src/b.ts': `import { amount } from './a.ts';\n`,
    'apps/shop/src/c.ts': `export const subtotal = (order: { amount: number }) => order.amount;\n`,
    'apps/shop/src/d.ts': `\n\n\nexport const paid = { amount: 1, currency: 'USD' };\n`,
    'libs/kit/src/judge.ts': `import { parseViewingLine } from '@acme/telemetry-schema';\n`,
    'libs/telemetry-schema/src/own.ts': `export const session_id = 1;\n`,
    'libs/telemetry-schema/package.json': `{\n  "name": "@acme/telemetry-schema",\n  "version": "0.1.0"\n}\n`,
    'package-lock.json': `{\n  "packages": {\n    "libs/telemetry-schema": {\n      "version": "0.1.0"\n    }\n  }\n}\n`,
  };
  for (const [file, text] of Object.entries(sources)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  return { folder, remove: () => rmSync(folder, { recursive: true }) };
};
