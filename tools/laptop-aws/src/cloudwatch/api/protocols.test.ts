import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CloudWatchClient, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import { SmithyRpcV2CborProtocol } from '@smithy/core/cbor';
import { clicks, time, servedCloudWatch } from './served-cloudwatch.fixture.ts';

let cw: Awaited<ReturnType<typeof servedCloudWatch>>;
beforeEach(async () => {
  cw = await servedCloudWatch();
});
afterEach(() => cw.close());

/** In seconds since 1970. */
const noon = time(0).getTime() / 1000;

describe('other clients', () => {
  it('are answered in CBOR when they ask so, as the API’s model prefers it', async () => {
    cw.click();
    const protocol = SmithyRpcV2CborProtocol;
    const protocolSettings = {
      defaultNamespace: 'com.amazonaws.cloudwatch',
      serviceTarget: 'GraniteServiceVersion20100801',
    };
    const other = new CloudWatchClient({ ...cw.settings, protocol, protocolSettings });
    const asked = {
      ...{ Namespace: 'RealTimeAnalytics', MetricName: 'EventsProcessed', Dimensions: [...clicks.dimensions] },
      ...{ StartTime: time(0), EndTime: time(10), Period: 600, Statistics: ['Average' as const] },
    };
    expect(await other.send(new GetMetricStatisticsCommand(asked))).toMatchObject({
      ...{ Label: 'EventsProcessed', Datapoints: [{ Timestamp: time(0), Average: 4.5, Unit: 'Count' }] },
    });
    await expect(other.send(new GetMetricStatisticsCommand({ ...asked, Period: 7 }))).rejects.toMatchObject({
      ...{ name: 'InvalidParameterValueException', $metadata: { httpStatusCode: 400 } },
    });
    other.destroy();
  });

  it('are answered in XML when they ask with a form, as older CLIs do', async () => {
    cw.click();
    const form = {
      ...{ Action: 'GetMetricStatistics', Namespace: 'RealTimeAnalytics', MetricName: 'EventsProcessed' },
      ...{ StartTime: time(0).toISOString(), EndTime: time(10).toISOString(), Period: '600' },
      ...{ 'Statistics.member.1': 'Sum', 'ExtendedStatistics.member.1': 'p100' },
      ...{ 'Dimensions.member.1.Name': 'EventType', 'Dimensions.member.1.Value': 'click' },
    };
    const answer = await fetch(cw.settings.endpoint, { method: 'POST', body: new URLSearchParams(form) });
    expect((await answer.text()).replace(/<RequestId>.*<\/RequestId>/, '')).toBe(
      '<GetMetricStatisticsResponse xmlns="http://monitoring.amazonaws.com/doc/2010-08-01/"><GetMetricStatisticsResult>' +
        '<Label>EventsProcessed</Label><Datapoints><member><Timestamp>2026-11-21T12:00:00.000Z</Timestamp><Sum>45</Sum>' +
        '<Unit>Count</Unit><ExtendedStatistics><entry><key>p100</key><value>9</value></entry></ExtendedStatistics>' +
        '</member></Datapoints></GetMetricStatisticsResult><ResponseMetadata></ResponseMetadata></GetMetricStatisticsResponse>',
    );
  });

  it('are answered in JSON when they ask so, as AWS CLI 1 does', async () => {
    cw.click();
    const headers = { 'x-amz-target': 'GraniteServiceVersion20100801.GetMetricStatistics' };
    const body = JSON.stringify({
      ...{ Namespace: 'RealTimeAnalytics', MetricName: 'EventsProcessed', Period: 600, Statistics: ['Sum'] },
      ...{ Dimensions: [{ Name: 'EventType', Value: 'click' }], StartTime: noon, EndTime: noon + 600 },
    });
    const answer = await fetch(cw.settings.endpoint, { method: 'POST', headers, body });
    expect(await answer.json()).toEqual({
      Label: 'EventsProcessed',
      Datapoints: [{ Timestamp: noon, Sum: 45, Unit: 'Count' }],
    });
  });

  it('are told what there is when they ask for something else, or send what cannot be read', async () => {
    const post = async (headers: Record<string, string>, body: string) => {
      const answer = await fetch(cw.settings.endpoint, { method: 'POST', headers, body });
      return [answer.status, answer.headers.get('x-amzn-query-error')];
    };
    expect(await post({}, 'Action=DeleteAlarms')).toEqual([400, 'InvalidAction;Sender']);
    expect(await post({ 'x-amz-target': 'X.ListMetrics' }, '{')).toEqual([400, 'SerializationException;Sender']);
    expect(await post({ 'smithy-protocol': 'rpc-v2-cbor' }, '\xff')).toEqual([400, 'SerializationException;Sender']);
    expect(await post({ 'content-encoding': 'gzip' }, 'no gzip')).toEqual([400, 'SerializationException;Sender']);
  });
});
