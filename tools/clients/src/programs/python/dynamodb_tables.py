"""The tables that the cases of DynamoDB are about, and how they are told."""

import boto3
from connection import client
from suite import case, refused

dynamo = client("dynamodb")
resource = boto3.resource("dynamodb")


def made(name, keys, **more):
    """A table whose keys are such as `{"id": "S"}`, the partition's first."""
    dynamo.create_table(
        TableName=name,
        AttributeDefinitions=[{"AttributeName": key, "AttributeType": kind} for key, kind in keys.items()],
        KeySchema=[
            {"AttributeName": key, "KeyType": kind} for key, kind in zip(keys, ("HASH", "RANGE"), strict=False)
        ],
        BillingMode="PAY_PER_REQUEST",
        **more,
    )
    return resource.Table(name)


plain = made("clients-plain", {"id": "S"})
sorted_table = made("clients-sorted", {"id": "S", "at": "N"})


def dynamo_case(title):
    return case("boto3", "DynamoDB", title)


def invalid(call, saying=None):
    return refused("ValidationException", call, 400, saying)
