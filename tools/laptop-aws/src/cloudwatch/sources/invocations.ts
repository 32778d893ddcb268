import type { InvocationMeasures } from '../../lambda/functions.ts';
import { type Metric, metric } from '../store/metric.ts';
import type { Metrics } from '../store/metrics.ts';

const count = { unit: 'Count' };
const milliseconds = { unit: 'Milliseconds' };

/** Metrics of AWS/Lambda, by FunctionName: Invocations, Errors, Duration, Throttles. */
export const invocationMetrics = (metrics: Metrics): InvocationMeasures => {
  const of = (name: string, functionName: string): Metric => metric('AWS/Lambda', name, 'FunctionName', functionName);
  return {
    invoked(functionName, { durationMs, status }) {
      metrics.add(of('Invocations', functionName), [1], count);
      metrics.add(of('Errors', functionName), [status === 'success' ? 0 : 1], count);
      metrics.add(of('Throttles', functionName), [0], count);
      metrics.add(of('Duration', functionName), [durationMs], milliseconds);
    },
    throttled: (functionName) => metrics.add(of('Throttles', functionName), [1], count),
  };
};
