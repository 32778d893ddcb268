"""Transactions and batches of DynamoDB by boto3."""

from boto3.dynamodb.conditions import Attr
from dynamodb_tables import dynamo, dynamo_case, invalid, plain
from suite import equal, refused


@dynamo_case("transactions happen whole or not at all, with a reason per action")
def _():
    plain.put_item(Item={"id": "t1", "n": 1})
    put = lambda id, **more: {"Put": {"TableName": "clients-plain", "Item": {"id": {"S": id}, "n": {"N": "2"}}, **more}}
    check = {
        "ConditionCheck": {
            "TableName": "clients-plain",
            "Key": {"id": {"S": "t1"}},
            "ConditionExpression": "n = :n",
            "ExpressionAttributeValues": {":n": {"N": "7"}},
        }
    }
    told = refused(
        "TransactionCanceledException",
        lambda: dynamo.transact_write_items(TransactItems=[put("t2"), check]),
        400,
        "[None, ConditionalCheckFailed]",
    )
    equal([reason["Code"] for reason in told["CancellationReasons"]], ["None", "ConditionalCheckFailed"])
    equal(plain.get_item(Key={"id": "t2"}).get("Item"), None)
    dynamo.transact_write_items(TransactItems=[put("t2"), put("t3")])
    get = lambda id: {"Get": {"TableName": "clients-plain", "Key": {"id": {"S": id}}}}
    got = dynamo.transact_get_items(TransactItems=[get("t2"), get("none"), get("t3")])["Responses"]
    equal([each.get("Item", {}).get("id", {}).get("S") for each in got], ["t2", None, "t3"])


@dynamo_case("a transaction with one item twice or with 101 actions is refused, one with a token happens once")
def _():
    put = lambda id: {"Put": {"TableName": "clients-plain", "Item": {"id": {"S": id}}}}
    write = lambda items, **more: lambda: dynamo.transact_write_items(TransactItems=items, **more)
    invalid(write([put("same"), put("same")]), "Transaction request cannot include multiple operations on one item")
    invalid(write([put(str(number)) for number in range(101)]), "less than or equal to 100")
    add = lambda n: [
        {
            "Update": {
                "TableName": "clients-plain",
                "Key": {"id": {"S": "token"}},
                "UpdateExpression": "ADD n :n",
                "ExpressionAttributeValues": {":n": {"N": n}},
            }
        }
    ]
    for _ in range(2):
        write(add("1"), ClientRequestToken="the-same-token")()
    equal(plain.get_item(Key={"id": "token"})["Item"]["n"], 1)
    refused(
        "IdempotentParameterMismatchException", write(add("2"), ClientRequestToken="the-same-token"), 400
    )


@dynamo_case("batches write 25 and read 100 at most, each key once, and give back what was too much")
def _():
    puts = lambda numbers: {
        "clients-plain": [{"PutRequest": {"Item": {"id": {"S": f"batch-{number}"}}}} for number in numbers]
    }
    write = lambda numbers: lambda: dynamo.batch_write_item(RequestItems=puts(numbers))
    equal(write(range(25))()["UnprocessedItems"], {})
    invalid(write(range(26)), "less than or equal to 25")
    invalid(write([1, 1]), "Provided list of item keys contains duplicates")
    read = lambda numbers: lambda: dynamo.batch_get_item(
        RequestItems={"clients-plain": {"Keys": [{"id": {"S": f"batch-{number}"}} for number in numbers]}}
    )
    equal(len(read(range(100))()["Responses"]["clients-plain"]), 25)
    invalid(read(range(101)), "less than or equal to 100")
    invalid(read([1, 1]), "Provided list of item keys contains duplicates")
    with plain.batch_writer() as writer:
        for number in range(60):
            writer.put_item(Item={"id": f"written-{number}"})
    equal(plain.scan(FilterExpression=Attr("id").begins_with("written-"), Select="COUNT")["Count"], 60)
