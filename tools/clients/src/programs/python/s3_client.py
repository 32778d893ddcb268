"""S3 as its cases see it: a client, a bucket, and what they share."""

import urllib.error
import urllib.request

from connection import client
from suite import case

s3 = client("s3")
# For presigned URLs boto3 takes version 2 unless it is told otherwise.
signer = client("s3", signature_version="s3v4")
bucket = "clients-objects"
s3.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": "us-west-2"})


def put(key, body=b"text", **more):
    return s3.put_object(Bucket=bucket, Key=key, Body=body, **more)


def body_of(key, **more):
    return s3.get_object(Bucket=bucket, Key=key, **more)["Body"].read()


def s3_case(title):
    return case("boto3", "S3", title)


def by_url(url, method="GET", data=None, headers=None):
    request = urllib.request.Request(url, method=method, data=data, headers=headers or {})
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()
