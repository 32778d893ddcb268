"""Buckets and listings of S3 by boto3, and the sub-resources that nobody serves."""

from connection import client
from suite import case, equal, refused

s3 = client("s3")
bucket = "clients-lists"
s3.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": "us-west-2"})

# In the order of their bytes, which is no alphabet's.
keys = sorted(
    ["a", "a b", "a+b", "a/1", "a/2", "a/b/3", "A", "b//x", "b/", "z%2F", "ä", "🙂/1", "🙂/2"], key=lambda key: key.encode()
)
for key in keys:
    s3.put_object(Bucket=bucket, Key=key, Body=key.encode())


def s3_case(title):
    return case("boto3", "S3", title)


@s3_case("a listing is in the order of the keys' bytes, in pages of any size, each key once")
def _():
    for size in (1, 2, 5, 1000):
        for operation in ("list_objects_v2", "list_objects"):
            pages = s3.get_paginator(operation).paginate(Bucket=bucket, PaginationConfig={"PageSize": size})
            equal([each["Key"] for page in pages for each in page.get("Contents", [])], keys)


@s3_case("a listing by delimiter gives each common prefix once, across pages too")
def _():
    for operation in ("list_objects_v2", "list_objects"):
        for size in (1, 3, 1000):
            pages = list(
                s3.get_paginator(operation).paginate(Bucket=bucket, Delimiter="/", PaginationConfig={"PageSize": size})
            )
            prefixes = [each["Prefix"] for page in pages for each in page.get("CommonPrefixes", [])]
            equal(prefixes, ["a/", "b/", "🙂/"])
            left = [each["Key"] for page in pages for each in page.get("Contents", [])]
            equal(left, [key for key in keys if "/" not in key])


@s3_case("a listing by prefix, after a key, with a delimiter of several letters, with nothing in it")
def _():
    of = lambda **more: [each["Key"] for each in s3.list_objects_v2(Bucket=bucket, **more).get("Contents", [])]
    equal(of(Prefix="a/"), ["a/1", "a/2", "a/b/3"])
    equal(of(Prefix="a/", Delimiter="/"), ["a/1", "a/2"])
    equal(of(Prefix="a/", StartAfter="a/1"), ["a/2", "a/b/3"])
    equal(of(Prefix="a/", Delimiter="b/"), ["a/1", "a/2"])
    nothing = s3.list_objects_v2(Bucket=bucket, Prefix="nothing")
    equal((nothing["KeyCount"], nothing["IsTruncated"], nothing.get("Contents")), (0, False, None))
    zero = s3.list_objects_v2(Bucket=bucket, MaxKeys=0)
    equal((zero["KeyCount"], zero["IsTruncated"]), (0, False))


@s3_case("a listing says of each object its size, ETag and time as a read does")
def _():
    listed = s3.list_objects_v2(Bucket=bucket, Prefix="a/1")["Contents"][0]
    head = s3.head_object(Bucket=bucket, Key="a/1")
    equal((listed["Size"], listed["ETag"]), (head["ContentLength"], head["ETag"]))
    equal(listed["LastModified"].replace(microsecond=0), head["LastModified"])


@s3_case("versions are listed as of a bucket that keeps none")
def _():
    pages = s3.get_paginator("list_object_versions").paginate(Bucket=bucket, PaginationConfig={"PageSize": 4})
    versions = [each for page in pages for each in page.get("Versions", [])]
    equal([(each["Key"], each["VersionId"], each["IsLatest"]) for each in versions], [(key, "null", True) for key in keys])


@s3_case("buckets are made, listed, located, and removed only when empty")
def _():
    name = "clients-bucket"
    where = {"LocationConstraint": "us-west-2"}
    s3.create_bucket(Bucket=name, CreateBucketConfiguration=where)
    refused("BucketAlreadyOwnedByYou", lambda: s3.create_bucket(Bucket=name, CreateBucketConfiguration=where), 409)
    assert name in [each["Name"] for each in s3.list_buckets()["Buckets"]]
    equal(s3.get_bucket_location(Bucket=name)["LocationConstraint"], "us-west-2")
    s3.put_object(Bucket=name, Key="k")
    refused("BucketNotEmpty", lambda: s3.delete_bucket(Bucket=name), 409)
    s3.delete_object(Bucket=name, Key="k")
    s3.delete_bucket(Bucket=name)
    refused("404", lambda: s3.head_bucket(Bucket=name), 404)
    refused("NoSuchBucket", lambda: s3.delete_bucket(Bucket=name), 404)


@s3_case("sub-resources of an object that are not served answer 501 and touch nothing")
def _():
    key = {"Bucket": bucket, "Key": "a/1"}
    retention = {"Mode": "GOVERNANCE", "RetainUntilDate": "2030-01-01T00:00:00Z"}
    select = {
        "Expression": "SELECT * FROM s3object",
        "ExpressionType": "SQL",
        "InputSerialization": {"CSV": {}},
        "OutputSerialization": {"CSV": {}},
    }
    for call in (
        lambda: s3.put_object_acl(**key, ACL="public-read"),
        lambda: s3.get_object_acl(**key),
        lambda: s3.put_object_retention(**key, Retention=retention),
        lambda: s3.get_object_retention(**key),
        lambda: s3.put_object_legal_hold(**key, LegalHold={"Status": "ON"}),
        lambda: s3.get_object_legal_hold(**key),
        lambda: s3.restore_object(**key, RestoreRequest={"Days": 1}),
        lambda: s3.get_object_torrent(**key),
        lambda: s3.select_object_content(**key, **select),
    ):
        refused("NotImplemented", call, 501)
        equal(s3.get_object(**key)["Body"].read(), b"a/1")


@s3_case("sub-resources of a bucket that are not served answer 501 and touch nothing")
def _():
    name = {"Bucket": bucket}
    policy = '{"Version":"2012-10-17","Statement":[]}'
    rule = {"CORSRules": [{"AllowedMethods": ["GET"], "AllowedOrigins": ["*"]}]}
    for call in (
        lambda: s3.get_bucket_policy(**name),
        lambda: s3.put_bucket_policy(**name, Policy=policy),
        lambda: s3.delete_bucket_policy(**name),
        lambda: s3.put_bucket_cors(**name, CORSConfiguration=rule),
        lambda: s3.delete_bucket_cors(**name),
        lambda: s3.put_bucket_versioning(**name, VersioningConfiguration={"Status": "Enabled"}),
        lambda: s3.put_bucket_acl(**name, ACL="private"),
        lambda: s3.delete_bucket_website(**name),
        lambda: s3.delete_bucket_encryption(**name),
        lambda: s3.delete_public_access_block(**name),
        lambda: s3.get_object_lock_configuration(**name),
    ):
        refused("NotImplemented", call, 501)
        equal(len(s3.list_objects_v2(**name)["Contents"]), len(keys))
