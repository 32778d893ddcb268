"""kafka-python and confluent-kafka on the platform's brokers: four codecs, each client's batches read by the other."""

import json
import os
import time

import confluent_kafka
import kafka
from confluent_kafka.admin import AdminClient, NewTopic
from lake import rows
from suite import case, equal, eventually

servers = os.environ["KAFKA_BROKERS"]
event = json.loads(os.environ["CLIENTS_EVENT"])
codecs = ("none", "gzip", "snappy", "lz4", "zstd")
topic_of_events = "acme-telemetry-stream"


admin = AdminClient({"bootstrap.servers": servers})


def create(topic):
    admin.create_topics([NewTopic(topic, 2, 1)])[topic].result(30)


def by_kafka_python(topic, codec, values):
    producer = kafka.KafkaProducer(
        bootstrap_servers=servers, compression_type=None if codec == "none" else codec, linger_ms=50
    )
    sent = [producer.send(topic, value, key=b"k") for value in values]
    producer.flush()
    for each in sent:
        each.get(30)
    producer.close()


def by_confluent(topic, codec, values):
    producer = confluent_kafka.Producer(
        {"bootstrap.servers": servers, "compression.type": codec, "linger.ms": 50, "enable.idempotence": True}
    )
    problems = []
    for value in values:
        producer.produce(topic, value, key=b"k", on_delivery=lambda error, _: error and problems.append(error))
    equal((producer.flush(30), problems), (0, []))


def read_by_kafka_python(topic, count):
    consumer = kafka.KafkaConsumer(topic, bootstrap_servers=servers, auto_offset_reset="earliest", consumer_timeout_ms=20_000)
    found = []
    for message in consumer:
        found.append(message.value)
        if len(found) == count:
            break
    consumer.close()
    return found


def read_by_confluent(topic, count, **more):
    consumer = confluent_kafka.Consumer(
        {"bootstrap.servers": servers, "group.id": f"of-{topic}", "auto.offset.reset": "earliest", **more}
    )
    consumer.subscribe([topic])
    found, until = [], time.monotonic() + 30
    while len(found) < count and time.monotonic() < until:
        message = consumer.poll(1)
        if message and not message.error():
            found.append(message.value())
    consumer.close()
    return found


for name, send in (("kafka-python", by_kafka_python), ("confluent-kafka", by_confluent)):
    for codec in codecs:

        @case(name, "Kafka", f"batches in {codec} are read by kafka-python and confluent-kafka")
        def _(name=name, send=send, codec=codec):
            topic = f"clients-{name}-{codec}"
            create(topic)
            values = [f"{number} ".encode() * 20 for number in range(500)]
            send(topic, codec, values)
            equal(read_by_kafka_python(topic, 500), values)
            equal(read_by_confluent(topic, 500), values)


for name, send in (("kafka-python", by_kafka_python), ("confluent-kafka", by_confluent)):
    for codec in os.environ["CLIENTS_CODECS"].split(","):

        @case(name, "Kafka", f"events in {codec} go through the platform into the lake")
        def _(name=name, send=send, codec=codec):
            begin = f"{name}-{codec}-"
            send(
                topic_of_events,
                codec,
                [json.dumps({**event, "event_id": f"{begin}{number}"}).encode() for number in range(50)],
            )
            sql = f"SELECT COUNT(DISTINCT event_id) FROM streaming_events WHERE event_id LIKE '{begin}%'"
            eventually(lambda: rows(sql)[0][0] == "50", 60)


@case("confluent-kafka", "Kafka", "a transaction that is aborted is not read, one that is committed is")
def _():
    create("clients-transactions")
    producer = confluent_kafka.Producer({"bootstrap.servers": servers, "transactional.id": "clients"})
    producer.init_transactions(30)
    for value, end in ((b"aborted", producer.abort_transaction), (b"committed", producer.commit_transaction)):
        producer.begin_transaction()
        producer.produce("clients-transactions", value)
        producer.flush(30)
        end(30)
    equal(read_by_confluent("clients-transactions", 1, **{"isolation.level": "read_committed"}), [b"committed"])


@case("confluent-kafka", "Kafka", "a topic is described with its partitions, and its groups are listed")
def _():
    described = admin.list_topics(topic_of_events, timeout=30).topics[topic_of_events]
    assert len(described.partitions) >= 1 and described.error is None
    groups = admin.list_consumer_groups().result(30)
    assert groups.valid, groups.errors
