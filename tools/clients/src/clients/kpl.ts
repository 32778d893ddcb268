import { setTimeout as wait } from 'node:timers/promises';
import { aViewingEvent } from '@acme/telemetry-schema/testing';
import { type Report, report } from '../report.ts';
import { runProgram } from '../run-program.ts';
import type { Against } from './against.ts';
import { compiled } from './java.ts';
import { openTlsDoor } from './tls-door.ts';

const events = 600;
const patienceMs = 90_000;

/** The Kinesis Producer Library, whose native part speaks TLS alone: it aggregates events onto the platform's own stream. */
export const kpl = async (against: Against): Promise<Report[]> => {
  const { engines, env, place } = against;
  const java = await compiled(['Kpl.java'], engines.kcl3, against);
  const door = await openTlsDoor(place.dir, place.awsPort);
  const of = { client: 'KPL', version: '1.1.1', area: 'Kinesis' };
  const put = (stream: string, lines: readonly string[]): Promise<string> =>
    runProgram([...java, 'Kpl', stream, String(door.port), place.dir], { env, input: lines.join('\n') }).then(
      ({ code, stdout, stderr }) => {
        const taken = /^taken (\d+) in (\d+)$/m.exec(stdout);
        if (code === 0 && taken?.[1] === String(lines.length)) return taken[2] as string;
        throw new Error(`it ended with ${code}, ${taken?.[0] ?? 'nothing taken'}: ${stderr.slice(-500)}`);
      },
    );
  try {
    return [
      await report({ ...of, title: 'events that it aggregates land in the lake, each once' }, async () => {
        const line = (number: number): string =>
          JSON.stringify(aViewingEvent({ event_id: `kpl-${number}`, event_timestamp: new Date().toISOString() }));
        const records = Number(
          await put(
            'acme-telemetry-stream',
            Array.from({ length: events }, (_, at) => line(at)),
          ),
        );
        if (records >= events) throw new Error(`${events} events went in ${records} records: nothing was aggregated`);
        for (const giveUpAt = Date.now() + patienceMs; ; await wait(500)) {
          const [row] = await place.sql(
            `SELECT COUNT(*) AS landed, COUNT(DISTINCT event_id) AS ids FROM streaming_events WHERE event_id LIKE 'kpl-%'`,
          );
          if (Number(row?.['ids']) === events && Number(row?.['landed']) === events) return;
          if (Date.now() > giveUpAt)
            throw new Error(`${JSON.stringify(row)} of ${events} within ${patienceMs / 1000} s`);
        }
      }),
    ];
  } finally {
    door.close();
  }
};
