import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Future;
import software.amazon.kinesis.producer.KinesisProducer;
import software.amazon.kinesis.producer.KinesisProducerConfiguration;
import software.amazon.kinesis.producer.UserRecordResult;

/**
 * The Kinesis Producer Library: puts lines of its standard input as records of their own, which it aggregates, and says
 * how many were taken. Arguments: stream, the port on 127.0.0.1 that speaks TLS, and a folder for its native part.
 */
class Kpl {
  static final int aFew = 10;

  public static void main(String[] args) throws Exception {
    long port = Long.parseLong(args[1]);
    var configuration = new KinesisProducerConfiguration()
        .setRegion("us-west-2")
        .setKinesisEndpoint("127.0.0.1").setKinesisPort(port)
        .setCloudwatchEndpoint("127.0.0.1").setCloudwatchPort(port)
        .setStsEndpoint("127.0.0.1").setStsPort(port)
        .setVerifyCertificate(false)
        .setTempDirectory(args[2])
        .setMetricsLevel("none")
        .setAggregationEnabled(true);
    var producer = new KinesisProducer(configuration);
    var lines = new String(System.in.readAllBytes(), StandardCharsets.UTF_8).strip().split("\n");
    var all = new Puts(producer, args[0]);
    // It packs nothing until it has learnt the stream's shards: a few lines at a time go ahead until some are packed.
    int next = 0;
    for (boolean packs = false; !packs && next < lines.length / 2; next += aFew) {
      packs = all.put(lines, next, next + aFew) < aFew;
      if (!packs) Thread.sleep(100);
    }
    all.put(lines, next, lines.length);
    producer.destroy();
    System.out.println("taken " + all.taken + " in " + all.sequenceNumbers.size());
    System.exit(0);
  }

  /** What was put, and what became of it. */
  static class Puts {
    final Set<String> sequenceNumbers = new HashSet<>();
    int taken = 0;
    private final KinesisProducer producer;
    private final String stream;

    Puts(KinesisProducer producer, String stream) {
      this.producer = producer;
      this.stream = stream;
    }

    /** Puts the lines of a range, and waits until they are taken; gives how many records they became. */
    int put(String[] lines, int from, int to) throws Exception {
      var results = new ArrayList<Future<UserRecordResult>>();
      for (int number = from; number < to; number++)
        results.add(producer.addUserRecord(stream, "key-" + number % 5,
            ByteBuffer.wrap(lines[number].getBytes(StandardCharsets.UTF_8))));
      producer.flushSync();
      var records = new HashSet<String>();
      for (var result : results) {
        var told = result.get();
        if (told.isSuccessful()) taken++;
        records.add(told.getSequenceNumber());
      }
      sequenceNumbers.addAll(records);
      return records.size();
    }
  }
}
