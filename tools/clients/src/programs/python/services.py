"""The other services by boto3: streams, logs, metrics, secrets, parameters, identity, and Glue's catalogue."""

import datetime
import json

import boto3
from connection import client, database, lake, stream
from suite import case, equal, eventually, refused

kinesis = client("kinesis")
glue = client("glue")
now = lambda: datetime.datetime.now(datetime.UTC)


def iterator(name, shard="shardId-000000000000", kind="TRIM_HORIZON", **more):
    return kinesis.get_shard_iterator(StreamName=name, ShardId=shard, ShardIteratorType=kind, **more)["ShardIterator"]


@case("boto3", "Kinesis", "a stream is made with and without a number of shards, described, listed and removed")
def _():
    kinesis.create_stream(StreamName="clients-made", ShardCount=2)
    kinesis.create_stream(StreamName="clients-on-demand")
    of = lambda name: kinesis.describe_stream_summary(StreamName=name)["StreamDescriptionSummary"]
    for name, shards, mode in (("clients-made", 2, "PROVISIONED"), ("clients-on-demand", 4, "ON_DEMAND")):
        kinesis.get_waiter("stream_exists").wait(StreamName=name)
        equal((of(name)["OpenShardCount"], of(name)["StreamModeDetails"]["StreamMode"]), (shards, mode))
        equal(len(kinesis.list_shards(StreamName=name)["Shards"]), shards)
    names = [name for page in kinesis.get_paginator("list_streams").paginate() for name in page["StreamNames"]]
    assert {"clients-made", "clients-on-demand", stream} <= set(names), names
    refused("ResourceInUseException", lambda: kinesis.create_stream(StreamName="clients-made", ShardCount=1), 400)
    kinesis.delete_stream(StreamName="clients-made")
    eventually(lambda: "clients-made" not in kinesis.list_streams()["StreamNames"])
    refused("ResourceNotFoundException", lambda: of("clients-made"), 400)


@case("boto3", "Kinesis", "records are read from every kind of position, in order, until the end")
def _():
    name = "clients-read"
    kinesis.create_stream(StreamName=name, ShardCount=1)
    kinesis.get_waiter("stream_exists").wait(StreamName=name)
    put = [kinesis.put_record(StreamName=name, PartitionKey="k", Data=f"{n}".encode()) for n in range(5)]
    data = lambda at: [each["Data"].decode() for each in kinesis.get_records(ShardIterator=at)["Records"]]
    third = {"StartingSequenceNumber": put[2]["SequenceNumber"]}
    equal(data(iterator(name)), ["0", "1", "2", "3", "4"])
    equal(data(iterator(name, kind="AT_SEQUENCE_NUMBER", **third)), ["2", "3", "4"])
    equal(data(iterator(name, kind="AFTER_SEQUENCE_NUMBER", **third)), ["3", "4"])
    equal(data(iterator(name, kind="LATEST")), [])
    hour_ago = now() - datetime.timedelta(hours=1)
    equal(data(iterator(name, kind="AT_TIMESTAMP", Timestamp=hour_ago)), ["0", "1", "2", "3", "4"])
    page = kinesis.get_records(ShardIterator=iterator(name), Limit=2)
    equal([each["Data"] for each in page["Records"]], [b"0", b"1"])
    equal(data(page["NextShardIterator"]), ["2", "3", "4"])


@case("boto3", "Kinesis", "a batch of 500 records is taken, a larger one and one with a large record refused")
def _():
    name = {"StreamName": "clients-read"}
    records = lambda count, size=1: [{"Data": b"x" * size, "PartitionKey": str(n)} for n in range(count)]
    equal(kinesis.put_records(**name, Records=records(500))["FailedRecordCount"], 0)
    refused("ValidationException", lambda: kinesis.put_records(**name, Records=records(501)), 400)
    refused("ValidationException", lambda: kinesis.put_records(**name, Records=records(1, 11 << 20)), 400)
    refused("ResourceNotFoundException", lambda: kinesis.put_record(StreamName="none", Data=b"", PartitionKey="k"), 400)


@case("boto3", "Kinesis", "resharding is refused with its reason")
def _():
    shard = {"StreamName": stream, "ShardToSplit": "shardId-000000000000", "NewStartingHashKey": "10"}
    count = {"StreamName": stream, "TargetShardCount": 2, "ScalingType": "UNIFORM_SCALING"}
    merge = {"StreamName": stream, "ShardToMerge": "shardId-000000000000", "AdjacentShardToMerge": "shardId-000000000001"}
    for call in (
        lambda: kinesis.split_shard(**shard),
        lambda: kinesis.update_shard_count(**count),
        lambda: kinesis.merge_shards(**merge),
    ):
        try:
            call()
        except kinesis.exceptions.ClientError as error:
            assert "template" in error.response["Error"]["Message"], error
        else:
            raise AssertionError("it was answered")


@case("boto3", "Kinesis", "limits and tags are answered, retention beyond a year is refused by its class")
def _():
    limits = kinesis.describe_limits()
    assert {"ShardLimit", "OpenShardCount", "OnDemandStreamCount"} <= set(limits), limits
    kinesis.add_tags_to_stream(StreamName="clients-read", Tags={"a": "1"})
    equal(kinesis.list_tags_for_stream(StreamName="clients-read")["Tags"], [{"Key": "a", "Value": "1"}])
    more = lambda hours: kinesis.increase_stream_retention_period(StreamName="clients-read", RetentionPeriodHours=hours)
    refused("InvalidArgumentException", lambda: more(9000), 400)


@case("boto3", "Logs", "a function's log is found, filtered and tailed")
def _():
    logs = client("logs")
    group = "/aws/lambda/acme-data-generator"
    payload = json.dumps({"seed": 11, "from": 0, "count": 10}).encode()
    client("lambda").invoke(FunctionName="acme-data-generator", Payload=payload)
    find = lambda: logs.filter_log_events(logGroupName=group, filterPattern='"run:done"')["events"]
    assert "run:done" in eventually(find)[0]["message"]
    names = logs.describe_log_streams(logGroupName=group)["logStreams"]
    events = logs.get_log_events(logGroupName=group, logStreamName=names[-1]["logStreamName"])["events"]
    assert events, "its stream has no events"
    refused("ResourceNotFoundException", lambda: logs.describe_log_streams(logGroupName="/none"), 400)


@case("boto3", "CloudWatch", "own metrics are put, listed, and read by statistics and by expressions")
def _():
    watch = client("cloudwatch")
    metric = {"Namespace": "Clients", "MetricName": "Tried"}
    watch.put_metric_data(
        Namespace="Clients",
        MetricData=[{"MetricName": "Tried", "Value": value, "Unit": "Count"} for value in (1, 2, 4)],
    )
    span = {"StartTime": now() - datetime.timedelta(hours=1), "EndTime": now() + datetime.timedelta(minutes=1)}
    read = lambda: watch.get_metric_statistics(**metric, **span, Period=7200, Statistics=["Sum", "Maximum"])["Datapoints"]
    points = eventually(read)
    equal((sum(each["Sum"] for each in points), max(each["Maximum"] for each in points)), (7.0, 4.0))
    equal([each["MetricName"] for each in watch.list_metrics(Namespace="Clients")["Metrics"]], ["Tried"])
    asked = [
        {"Id": "m", "MetricStat": {"Metric": metric, "Period": 7200, "Stat": "Sum"}, "ReturnData": False},
        {"Id": "e", "Expression": "m * 2"},
    ]
    answered = watch.get_metric_data(MetricDataQueries=asked, **span)["MetricDataResults"]
    equal(sum(answered[0]["Values"]), 14.0)


@case("boto3", "Secrets Manager", "a secret of the platform is found and read, and one that is not is told")
def _():
    secrets = client("secretsmanager")
    listed = secrets.list_secrets()["SecretList"]
    assert listed and secrets.get_secret_value(SecretId=listed[0]["ARN"])["SecretString"]
    refused("ResourceNotFoundException", lambda: secrets.get_secret_value(SecretId="none"), 400)


@case("boto3", "SSM", "parameters are read by name and by path, and one that is not is told")
def _():
    ssm = client("ssm")
    name = "/acme/local/lake-loader/lake-bucket-name"
    equal(ssm.get_parameter(Name=name)["Parameter"]["Value"], lake)
    several = ssm.get_parameters(Names=[name, "/none"])
    equal(([each["Value"] for each in several["Parameters"]], several["InvalidParameters"]), ([lake], ["/none"]))
    pages = ssm.get_paginator("get_parameters_by_path").paginate(Path="/acme/local", Recursive=True)
    assert name in [each["Name"] for page in pages for each in page["Parameters"]]
    refused("ParameterNotFound", lambda: ssm.get_parameter(Name="/none"), 400)


@case("boto3", "STS", "the caller is told")
def _():
    equal(client("sts").get_caller_identity()["Account"], "000000000000")


@case("boto3", "errors", "a service that is not here says so in the form of its protocol")
def _():
    for name, call in (
        ("ec2", lambda ec2: ec2.describe_instances()),
        ("iam", lambda iam: iam.list_roles()),
        ("rds", lambda rds: rds.describe_db_instances()),
        ("stepfunctions", lambda states: states.list_state_machines()),
        ("emr-serverless", lambda emr: emr.list_applications()),
    ):
        try:
            call(client(name))
        except boto3.exceptions.botocore.exceptions.ClientError as error:
            message = error.response["Error"].get("Message", "")
            assert error.response["Error"]["Code"] != str(error.response["ResponseMetadata"]["HTTPStatusCode"]), (name, error)
            assert message and message not in ("Unknown", "Not Found"), (name, error)
        else:
            raise AssertionError(f"{name} was answered")


@case("boto3", "Glue", "databases and tables are listed, found by patterns, and told when they are not")
def _():
    equal([each["Name"] for each in glue.get_databases()["DatabaseList"]].count(database), 1)
    equal(glue.get_database(Name=database)["Database"]["Name"], database)
    names = lambda **more: [
        each["Name"]
        for page in glue.get_paginator("get_tables").paginate(DatabaseName=database, **more)
        for each in page["TableList"]
    ]
    every = names()
    assert {"streaming_events", "clickstream_events", "telemetry"} <= set(every), every
    equal(names(Expression="c*"), [name for name in every if name.startswith("c")])
    equal(names(Expression="*event*"), [name for name in every if "event" in name])
    equal(names(Expression="streaming_events|telemetry"), [n for n in every if n in ("streaming_events", "telemetry")])
    equal(names(Expression="none*"), [])
    refused("EntityNotFoundException", lambda: glue.get_table(DatabaseName=database, Name="none"), 400)
    refused("EntityNotFoundException", lambda: glue.get_tables(DatabaseName="none"), 400)


@case("boto3", "Glue", "partitions are listed, with an expression too")
def _():
    table = {"DatabaseName": database, "TableName": "streaming_events"}
    assert isinstance(glue.get_partitions(**table)["Partitions"], list)
    equal(glue.get_partitions(**table, Expression="year = '1999'")["Partitions"], [])
    refused("InvalidInputException", lambda: glue.get_partitions(**table, Expression="no such syntax ("), 400)
