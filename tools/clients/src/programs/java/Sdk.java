import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.util.VersionInfo;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** The synchronous clients of the AWS SDK for Java, version 2: what came of each case is a line of JSON. */
class Sdk {
  interface Case {
    void run() throws Exception;
  }

  public static void main(String[] args) {
    // Kinesis is spoken to in CBOR, unless the SDK is told otherwise.
    tell("Kinesis", "records are put and read back in their order, in CBOR", () -> kinesis("clients-java-cbor"));
    tell("Kinesis", "an error in CBOR is told by its class", () -> missing());
    System.setProperty("aws.cborEnabled", "false");
    tell("Kinesis", "records are put and read back in their order, in JSON", () -> kinesis("clients-java-json"));
    tell("S3", "an object is put with its checksum behind it, read, listed and removed", Sdk::objects);
    tell("DynamoDB", "an item is put by a condition once, and read", Sdk::items);
    System.exit(0);
  }

  static void kinesis(String name) throws Exception {
    try (var kinesis = KinesisClient.create()) {
      kinesis.createStream(it -> it.streamName(name).shardCount(1));
      var records = IntStream.range(0, 300).mapToObj(number -> PutRecordsRequestEntry.builder().partitionKey("k")
          .data(SdkBytes.fromUtf8String("ä" + number)).build()).toList();
      var put = kinesis.putRecords(it -> it.streamName(name).records(records));
      equal(put.failedRecordCount(), 0);
      var at = kinesis.getShardIterator(it -> it.streamName(name).shardId(put.records().get(0).shardId())
          .shardIteratorType(ShardIteratorType.TRIM_HORIZON)).shardIterator();
      List<Record> got = kinesis.getRecords(it -> it.shardIterator(at)).records();
      equal(got.stream().map(record -> record.data().asUtf8String()).toList(),
          records.stream().map(record -> record.data().asUtf8String()).toList());
      var age = java.time.Duration.between(got.get(0).approximateArrivalTimestamp(), java.time.Instant.now());
      if (age.abs().toMinutes() > 10) throw new AssertionError("it arrived at " + got.get(0).approximateArrivalTimestamp());
    }
  }

  static void missing() {
    try (var kinesis = KinesisClient.create()) {
      kinesis.describeStreamSummary(it -> it.streamName("none"));
      throw new AssertionError("it was answered");
    } catch (ResourceNotFoundException expected) {
      equal(expected.statusCode(), 400);
    }
  }

  static void objects() {
    try (var s3 = S3Client.builder().forcePathStyle(true).build()) {
      s3.createBucket(it -> it.bucket("clients-java"));
      s3.putObject(it -> it.bucket("clients-java").key("a b/ä").metadata(Map.of("m", "1")), RequestBody.fromString("text"));
      var got = s3.getObjectAsBytes(it -> it.bucket("clients-java").key("a b/ä"));
      equal(got.asString(StandardCharsets.UTF_8), "text");
      equal(got.response().metadata(), Map.of("m", "1"));
      equal(s3.listObjectsV2Paginator(it -> it.bucket("clients-java")).contents().stream().map(it -> it.key()).toList(),
          List.of("a b/ä"));
      s3.deleteObject(it -> it.bucket("clients-java").key("a b/ä"));
      try {
        s3.getObjectAsBytes(it -> it.bucket("clients-java").key("a b/ä"));
        throw new AssertionError("it was answered");
      } catch (NoSuchKeyException expected) {
        equal(expected.statusCode(), 404);
      }
    }
  }

  static void items() {
    try (var dynamo = DynamoDbClient.create()) {
      dynamo.createTable(it -> it.tableName("clients-java").billingMode("PAY_PER_REQUEST")
          .attributeDefinitions(AttributeDefinition.builder().attributeName("id").attributeType("S").build())
          .keySchema(KeySchemaElement.builder().attributeName("id").keyType("HASH").build()));
      var item = Map.of("id", AttributeValue.fromS("one"));
      dynamo.putItem(it -> it.tableName("clients-java").item(item).conditionExpression("attribute_not_exists(id)"));
      try {
        dynamo.putItem(it -> it.tableName("clients-java").item(item).conditionExpression("attribute_not_exists(id)"));
        throw new AssertionError("it was answered");
      } catch (ConditionalCheckFailedException expected) {
        equal(expected.statusCode(), 400);
      }
      equal(dynamo.getItem(it -> it.tableName("clients-java").key(item)).item(), item);
    }
  }

  static void equal(Object actual, Object expected) {
    if (!actual.equals(expected)) throw new AssertionError(actual + " is not " + expected);
  }

  static void tell(String area, String title, Case run) {
    var problem = "";
    try {
      run.run();
    } catch (Throwable error) {
      problem = ",\"problem\":\"" + escaped(error.toString()) + "\"";
    }
    System.out.println("{\"client\":\"AWS SDK for Java\",\"version\":\"" + VersionInfo.SDK_VERSION + "\",\"area\":\"" + area
        + "\",\"title\":\"" + title + "\"" + problem + "}");
  }

  static String escaped(String text) {
    return text.replaceAll("[\\p{Cntrl}\\\\\"]", " ");
  }
}
