"""Items and expressions of DynamoDB by boto3: what is kept, what a condition decides, and what is refused with which words."""

import threading
from decimal import Decimal

import boto3
from boto3.dynamodb.conditions import Attr
from dynamodb_tables import dynamo, dynamo_case, invalid, made, plain
from suite import equal, refused


@dynamo_case("tables are described with ARNs of this region, and made and removed once")
def _():
    described = dynamo.describe_table(TableName="clients-plain")["Table"]
    equal(described["TableArn"], "arn:aws:dynamodb:us-west-2:000000000000:table/clients-plain")
    equal((described["TableStatus"], described["KeySchema"]), ("ACTIVE", [{"AttributeName": "id", "KeyType": "HASH"}]))
    refused("ResourceInUseException", lambda: made("clients-plain", {"id": "S"}), 400)
    made("clients-removed", {"id": "S"})
    dynamo.delete_table(TableName="clients-removed")
    refused("ResourceNotFoundException", lambda: dynamo.describe_table(TableName="clients-removed"), 400)
    refused("ResourceNotFoundException", lambda: dynamo.delete_table(TableName="clients-removed"), 400)


@dynamo_case("every type of value comes back as it was: numbers of 38 digits, sets, nested and empty ones")
def _():
    item = {
        "id": "types",
        "text": "ä\u0000🙂",
        "none": None,
        "yes": True,
        "bytes": boto3.dynamodb.types.Binary(b"\x00\xff"),
        "large": Decimal("12345678901234567890123456789012345678"),
        "small": Decimal("-1E-130"),
        "texts": {"a", "b"},
        "numbers": {Decimal(1), Decimal("2.5")},
        "list": [1, "2", [], {}],
        "map": {"a": {"b": []}},
        "empty": "",
    }
    plain.put_item(Item=item)
    equal(plain.get_item(Key={"id": "types"}, ConsistentRead=True)["Item"], item)


@dynamo_case("numbers out of range, empty sets, empty keys and wrong types of keys are refused")
def _():
    put = lambda item: lambda: dynamo.put_item(TableName="clients-plain", Item={"id": {"S": "bad"}, **item})
    invalid(put({"n": {"N": "1E126"}}), "Number overflow")
    invalid(put({"n": {"N": "1E-131"}}), "Number underflow")
    invalid(put({"n": {"N": "x"}}), "The parameter cannot be converted to a numeric value")
    invalid(put({"n": {"N": "1" * 39}}), "more than 38 significant digits")
    invalid(put({"s": {"SS": []}}), "string set  may not be empty")
    invalid(put({"s": {"SS": ["a", "a"]}}), "contains duplicates")
    invalid(put({"id": {"S": ""}}), "empty string value")
    invalid(put({"id": {"N": "1"}}), "Type mismatch for key id expected: S actual: N")
    invalid(lambda: dynamo.put_item(TableName="clients-plain", Item={"other": {"S": "x"}}), "Missing the key id in the item")
    invalid(
        lambda: dynamo.get_item(TableName="clients-plain", Key={"id": {"S": "a"}, "x": {"S": "b"}}),
        "The provided key element does not match the schema",
    )
    equal(plain.get_item(Key={"id": "bad"}).get("Item"), None)


@dynamo_case("an item of 400 KB is taken, and one byte more refused")
def _():
    plain.put_item(Item={"id": "x", "b": "v" * (400 * 1024 - 4)})
    invalid(lambda: plain.put_item(Item={"id": "x", "b": "v" * (400 * 1024 - 3)}), "Item size has exceeded the maximum")


@dynamo_case("a condition that fails changes nothing, and gives the old item when asked")
def _():
    plain.put_item(Item={"id": "condition", "n": 1})
    put = lambda condition, **more: lambda: plain.put_item(
        Item={"id": "condition", "n": 2}, ConditionExpression=condition, **more
    )
    failed = "ConditionalCheckFailedException"
    told = refused(
        failed,
        put("attribute_not_exists(id)", ReturnValuesOnConditionCheckFailure="ALL_OLD"),
        400,
        "The conditional request failed",
    )
    equal(told["Item"], {"id": {"S": "condition"}, "n": {"N": "1"}})
    refused(failed, put(Attr("n").gt(1)))
    refused(failed, put(Attr("missing").eq(None)))
    refused(failed, lambda: plain.delete_item(Key={"id": "condition"}, ConditionExpression=Attr("n").ne(1)))
    equal(plain.get_item(Key={"id": "condition"})["Item"]["n"], 1)
    put(Attr("n").between(1, 1) & ~Attr("x").exists())()
    equal(plain.get_item(Key={"id": "condition"})["Item"]["n"], 2)


@dynamo_case("conditions by functions: size, type, begins_with, contains, IN, paths into lists and maps")
def _():
    plain.put_item(Item={"id": "functions", "s": "abcd", "l": [1, {"x": "y"}], "texts": {"a", "b"}, "m": {"k": 5}})
    holds = lambda condition: bool(
        dynamo.scan(
            TableName="clients-plain",
            FilterExpression=f"id = :id AND ({condition})",
            ExpressionAttributeValues={":id": {"S": "functions"}, **values},
        )["Items"]
    )
    for condition, values, expected in (
        ("size(s) = :n", {":n": {"N": "4"}}, True),
        ("size(l) > :n", {":n": {"N": "2"}}, False),
        ("attribute_type(s, :t)", {":t": {"S": "S"}}, True),
        ("attribute_type(s, :t)", {":t": {"S": "N"}}, False),
        ("begins_with(s, :p)", {":p": {"S": "ab"}}, True),
        ("contains(s, :p)", {":p": {"S": "bc"}}, True),
        ("contains(texts, :p)", {":p": {"S": "a"}}, True),
        ("l[1].x = :p", {":p": {"S": "y"}}, True),
        ("m.k IN (:a, :b)", {":a": {"N": "4"}, ":b": {"N": "5"}}, True),
        ("NOT m.k < :a OR s = :b", {":a": {"N": "5"}, ":b": {"S": ""}}, True),
        ("s > :a", {":a": {"N": "1"}}, False),
    ):
        equal((condition, holds(condition)), (condition, expected))


@dynamo_case("updates set, add, remove, append, and answer with what was asked for")
def _():
    plain.put_item(Item={"id": "update", "n": 1, "l": ["a"], "set": {"a", "b"}, "m": {"k": 1}})
    answer = plain.update_item(
        Key={"id": "update"},
        UpdateExpression="SET n = n + :one, l = list_append(l, :l), m.#new = if_not_exists(m.#new, :one) REMOVE m.k ADD c :one DELETE #set :set",
        ExpressionAttributeNames={"#new": "new", "#set": "set"},
        ExpressionAttributeValues={":one": 1, ":l": ["b"], ":set": {"a"}},
        ReturnValues="ALL_NEW",
    )
    new = {"id": "update", "n": 2, "l": ["a", "b"], "m": {"new": 1}, "c": 1, "set": {"b"}}
    equal(answer["Attributes"], new)
    update = lambda returned: plain.update_item(
        Key={"id": "update"},
        UpdateExpression="SET n = :n",
        ExpressionAttributeValues={":n": 9},
        ReturnValues=returned,
    ).get("Attributes")
    equal(update("UPDATED_OLD"), {"n": 2})
    equal(update("UPDATED_NEW"), {"n": 9})
    equal(update("NONE"), None)


@dynamo_case("an update of an item that is not there makes it, and a counter counts side by side")
def _():
    def count():
        for _ in range(10):
            boto3.session.Session().resource("dynamodb").Table("clients-plain").update_item(
                Key={"id": "counter"}, UpdateExpression="ADD n :one", ExpressionAttributeValues={":one": 1}
            )

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    equal(plain.get_item(Key={"id": "counter"}, ConsistentRead=True)["Item"]["n"], 40)


@dynamo_case("expressions that are wrong say how, in DynamoDB's words")
def _():
    key = {"id": {"S": "expression"}}
    update = lambda expression, **more: lambda: dynamo.update_item(
        TableName="clients-plain", Key=key, UpdateExpression=expression, **more
    )
    one = {":n": {"N": "1"}}
    invalid(update("SET n = :missing", ExpressionAttributeValues=one), "An expression attribute value used in expression is not defined")
    invalid(update("SET n = :n", ExpressionAttributeValues={**one, ":unused": {"N": "1"}}), "unused in expressions")
    invalid(update("SET #n = :n", ExpressionAttributeValues=one), "An expression attribute name used in the document path is not defined")
    invalid(update("SET size = :n", ExpressionAttributeValues=one), "reserved keyword")
    invalid(update("SET n = :n, n = :n", ExpressionAttributeValues=one), "Two document paths overlap")
    invalid(update("SET id = :n", ExpressionAttributeValues=one), "This attribute is part of the key")
    invalid(update("SET n :n", ExpressionAttributeValues=one), "Syntax error")
    invalid(update("", ExpressionAttributeValues=one), "The expression can not be empty")
    equal(dynamo.get_item(TableName="clients-plain", Key=key).get("Item"), None)


@dynamo_case("backups and exports, which are not served, are told as unknown operations")
def _():
    unknown = "UnknownOperationException"
    table = {"TableName": "clients-plain"}
    refused(unknown, lambda: dynamo.create_backup(**table, BackupName="backup"), 400)
    refused(unknown, lambda: dynamo.describe_kinesis_streaming_destination(**table), 400)
    equal(dynamo.describe_table(**table)["Table"]["TableStatus"], "ACTIVE")
