"""Queries, scans and indexes of DynamoDB by boto3, in pages that meet."""

from boto3.dynamodb.conditions import Attr, Key
from dynamodb_tables import dynamo, dynamo_case, invalid, resource, sorted_table
from suite import equal


def rows():
    with sorted_table.batch_writer() as writer:
        for number in range(30):
            writer.put_item(Item={"id": "many", "at": number - 10, "even": number % 2 == 0, "pad": "x" * 100})
        writer.put_item(Item={"id": "other", "at": 0})


@dynamo_case("a query gives the sort keys in order, forward and back, in pages that meet")
def _():
    rows()
    for forward in (True, False):
        found, start = [], {}
        while True:
            page = sorted_table.query(
                KeyConditionExpression=Key("id").eq("many"), Limit=7, ScanIndexForward=forward, **start
            )
            found += [int(each["at"]) for each in page["Items"]]
            if "LastEvaluatedKey" not in page:
                break
            start = {"ExclusiveStartKey": page["LastEvaluatedKey"]}
        equal(found, sorted(range(-10, 20), reverse=not forward))


@dynamo_case("a query by conditions of the sort key, with a filter that counts what it scanned")
def _():
    rows()
    of = lambda condition, **more: sorted_table.query(KeyConditionExpression=Key("id").eq("many") & condition, **more)
    equal([int(each["at"]) for each in of(Key("at").between(-2, 1))["Items"]], [-2, -1, 0, 1])
    equal(of(Key("at").gte(18))["Count"], 2)
    filtered = of(Key("at").lt(0), FilterExpression=Attr("even").eq(True))
    equal((filtered["Count"], filtered["ScannedCount"]), (5, 10))
    projected = of(Key("at").eq(3), ProjectionExpression="#at", ExpressionAttributeNames={"#at": "at"})
    equal(projected["Items"], [{"at": 3}])


@dynamo_case("a query without its partition key, by an unknown index or by a filter on a key is refused")
def _():
    query = lambda condition, values, **more: lambda: dynamo.query(
        TableName="clients-sorted", KeyConditionExpression=condition, ExpressionAttributeValues=values, **more
    )
    id_value, n = {":id": {"S": "many"}}, {":n": {"N": "1"}}
    invalid(query("#at = :n", n, ExpressionAttributeNames={"#at": "at"}), "Query condition missed key schema element: id")
    invalid(query("id = :id", id_value, IndexName="none"), "The table does not have the specified index: none")
    invalid(query("id > :id", id_value))
    invalid(query("id = :id", {**id_value, **n}, FilterExpression="id = :n"), "Primary key attribute: id")


@dynamo_case("a scan in pages and in segments meets each item once")
def _():
    rows()
    for segments in (1, 3):
        found = []
        for segment in range(segments):
            pages = dynamo.get_paginator("scan").paginate(
                TableName="clients-sorted",
                Segment=segment,
                TotalSegments=segments,
                PaginationConfig={"PageSize": 4},
            )
            found += [(each["id"]["S"], int(each["at"]["N"])) for page in pages for each in page["Items"]]
        equal(sorted(found), [("many", number) for number in range(-10, 20)] + [("other", 0)])


@dynamo_case("a global index has the items that have its key, with what it projects")
def _():
    dynamo.create_table(
        TableName="clients-index",
        AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in ("id", "by")],
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        BillingMode="PAY_PER_REQUEST",
        GlobalSecondaryIndexes=[
            {
                "IndexName": "by-x",
                "KeySchema": [{"AttributeName": "by", "KeyType": "HASH"}],
                "Projection": {"ProjectionType": "KEYS_ONLY"},
            }
        ],
    )
    table = resource.Table("clients-index")
    for number in range(6):
        table.put_item(Item={"id": str(number), "more": 1, **({"by": "x"} if number % 2 else {})})
    found = table.query(IndexName="by-x", KeyConditionExpression=Key("by").eq("x"))
    equal(sorted(each["id"] for each in found["Items"]), ["1", "3", "5"])
    equal(set(found["Items"][0]), {"id", "by"})
    invalid(
        lambda: table.query(IndexName="by-x", KeyConditionExpression=Key("by").eq("x"), ConsistentRead=True),
        "Consistent reads are not supported on global secondary indexes",
    )
