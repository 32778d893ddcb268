import java.io.FileWriter;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import software.amazon.awssdk.services.cloudwatch.CloudWatchAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.kinesis.common.ConfigsBuilder;
import software.amazon.kinesis.common.InitialPositionInStream;
import software.amazon.kinesis.common.InitialPositionInStreamExtended;
import software.amazon.kinesis.common.StreamIdentifier;
import software.amazon.kinesis.coordinator.Scheduler;
import software.amazon.kinesis.exceptions.InvalidStateException;
import software.amazon.kinesis.exceptions.ShutdownException;
import software.amazon.kinesis.lifecycle.events.InitializationInput;
import software.amazon.kinesis.lifecycle.events.LeaseLostInput;
import software.amazon.kinesis.lifecycle.events.ProcessRecordsInput;
import software.amazon.kinesis.lifecycle.events.ShardEndedInput;
import software.amazon.kinesis.lifecycle.events.ShutdownRequestedInput;
import software.amazon.kinesis.metrics.NullMetricsFactory;
import software.amazon.kinesis.processor.RecordProcessorCheckpointer;
import software.amazon.kinesis.processor.ShardRecordProcessor;
import software.amazon.kinesis.processor.SingleStreamTracker;
import software.amazon.kinesis.retrieval.KinesisClientRecord;
import software.amazon.kinesis.retrieval.polling.PollingConfig;

/**
 * A worker of the Kinesis Client Library, for its versions 2 and 3: writes each record as a line to a file, and a line for
 * each checkpoint, until it is killed. It polls. Arguments: stream, application, file.
 */
class Kcl {
  public static void main(String[] args) throws Exception {
    String stream = args[0], application = args[1];
    var lines = new FileWriter(args[2], StandardCharsets.UTF_8, true);
    var kinesis = KinesisAsyncClient.create();
    var start = InitialPositionInStreamExtended.newInitialPosition(InitialPositionInStream.TRIM_HORIZON);
    var configs = new ConfigsBuilder(
        new SingleStreamTracker(StreamIdentifier.singleStreamInstance(stream), start),
        application, kinesis, DynamoDbAsyncClient.create(), CloudWatchAsyncClient.create(),
        UUID.randomUUID().toString(), () -> new Processor(lines));
    var leases = configs.leaseManagementConfig();
    // A second worker takes over what the first had when it was killed; by itself that takes half a minute.
    leases.failoverTimeMillis(3_000L);
    leases.shardSyncIntervalMillis(2_000L);
    var retrievals = configs.retrievalConfig();
    retrievals.retrievalSpecificConfig(new PollingConfig(stream, kinesis).idleTimeBetweenReadsInMillis(200L));
    new Scheduler(
        configs.checkpointConfig(), configs.coordinatorConfig().parentShardPollIntervalMillis(1_000L), leases,
        configs.lifecycleConfig(), configs.metricsConfig().metricsFactory(new NullMetricsFactory()),
        configs.processorConfig(), retrievals)
        .run();
  }

  /** Of one shard. */
  static class Processor implements ShardRecordProcessor {
    private final FileWriter lines;
    private String shard = "";

    Processor(FileWriter lines) {
      this.lines = lines;
    }

    @Override
    public void initialize(InitializationInput input) {
      shard = input.shardId();
    }

    @Override
    public void processRecords(ProcessRecordsInput input) {
      if (input.records().isEmpty()) return;
      var text = new StringBuilder();
      for (KinesisClientRecord record : input.records())
        text.append("record ").append(shard).append(' ').append(record.sequenceNumber()).append(' ')
            .append(record.subSequenceNumber()).append(' ')
            .append(StandardCharsets.UTF_8.decode(record.data()).toString().strip()).append('\n');
      write(text.toString());
      checkpoint(input.checkpointer());
      write("checkpoint " + shard + " " + input.records().get(input.records().size() - 1).sequenceNumber() + "\n");
    }

    @Override
    public void leaseLost(LeaseLostInput input) {}

    @Override
    public void shardEnded(ShardEndedInput input) {
      checkpoint(input.checkpointer());
    }

    @Override
    public void shutdownRequested(ShutdownRequestedInput input) {
      checkpoint(input.checkpointer());
    }

    private void write(String text) {
      try {
        synchronized (lines) {
          lines.write(text);
          lines.flush();
        }
      } catch (java.io.IOException error) {
        throw new java.io.UncheckedIOException(error);
      }
    }

    private static void checkpoint(RecordProcessorCheckpointer checkpointer) {
      try {
        checkpointer.checkpoint();
      } catch (InvalidStateException | ShutdownException error) {
        throw new IllegalStateException(error);
      }
    }
  }
}
