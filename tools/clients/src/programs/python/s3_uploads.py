"""Uploads to S3 in parts, by boto3."""

import hashlib
import io

from boto3.s3.transfer import TransferConfig
from s3_client import body_of, bucket, put, s3, s3_case
from suite import equal, refused


@s3_case("a multipart upload through the transfer manager comes back whole, and so does a multipart copy of it")
def _():
    large = bytes(range(256)) * 65536  # 16 MiB
    small_parts = TransferConfig(multipart_threshold=5 << 20, multipart_chunksize=5 << 20)
    s3.upload_fileobj(io.BytesIO(large), bucket, "large", Config=small_parts, ExtraArgs={"Metadata": {"m": "1"}})
    s3.copy({"Bucket": bucket, "Key": "large"}, bucket, "large copy", Config=small_parts)
    for key in ("large", "large copy"):
        fetched = io.BytesIO()
        s3.download_fileobj(bucket, key, fetched, Config=small_parts)
        equal(hashlib.md5(fetched.getvalue()).hexdigest(), hashlib.md5(large).hexdigest())
        equal(s3.head_object(Bucket=bucket, Key=key)["ETag"][-3:-1], "-4")
    equal(s3.head_object(Bucket=bucket, Key="large")["Metadata"], {"m": "1"})


def begun(key, **more):
    upload = s3.create_multipart_upload(Bucket=bucket, Key=key, **more)["UploadId"]
    return {"Bucket": bucket, "Key": key, "UploadId": upload}


def part(upload, number, body):
    return {"PartNumber": number, "ETag": s3.upload_part(**upload, PartNumber=number, Body=body)["ETag"]}


@s3_case("parts of an upload are listed, may come in any order, and a later one replaces its number")
def _():
    upload = begun("parts", ContentType="text/p")
    second = part(upload, 2, b"end")
    part(upload, 1, b"x" * (5 << 20))
    first = part(upload, 1, b"y" * (5 << 20))
    listed = s3.list_parts(**upload)["Parts"]
    equal([(each["PartNumber"], each["Size"]) for each in listed], [(1, 5 << 20), (2, 3)])
    page = s3.list_parts(**upload, MaxParts=1)
    equal((len(page["Parts"]), page["IsTruncated"]), (1, True))
    s3.complete_multipart_upload(**upload, MultipartUpload={"Parts": [first, second]})
    equal(body_of("parts", Range="bytes=-4"), b"yend")
    head = s3.head_object(Bucket=bucket, Key="parts")
    equal((head["ContentType"], head["ContentLength"], head["ETag"][-3:-1]), ("text/p", (5 << 20) + 3, "-2"))


@s3_case("an upload with small, wrong, missing or misordered parts is refused")
def _():
    upload = begun("bad parts")
    parts = [part(upload, 1, b"small"), part(upload, 2, b"end")]
    complete = lambda parts: lambda: s3.complete_multipart_upload(**upload, MultipartUpload={"Parts": parts})
    refused("EntityTooSmall", complete(parts), 400)
    refused("InvalidPartOrder", complete(parts[::-1]), 400)
    refused("InvalidPart", complete([{"PartNumber": 1, "ETag": '"00"'}]), 400)
    refused("InvalidPart", complete([{"PartNumber": 7, "ETag": parts[0]["ETag"]}]), 400)
    refused("NoSuchKey", lambda: body_of("bad parts"), 404)
    s3.abort_multipart_upload(**upload)
    refused("NoSuchUpload", complete(parts[:1]), 404)


@s3_case("uploads that are under way are listed, and an abandoned one does not keep its bucket")
def _():
    abandoned = "clients-abandoned"
    s3.create_bucket(Bucket=abandoned, CreateBucketConfiguration={"LocationConstraint": "us-west-2"})
    upload = s3.create_multipart_upload(Bucket=abandoned, Key="half")["UploadId"]
    s3.upload_part(Bucket=abandoned, Key="half", UploadId=upload, PartNumber=1, Body=b"half")
    listed = s3.list_multipart_uploads(Bucket=abandoned)["Uploads"]
    equal([(each["Key"], each["UploadId"]) for each in listed], [("half", upload)])
    equal(s3.list_objects_v2(Bucket=abandoned)["KeyCount"], 0)
    s3.delete_bucket(Bucket=abandoned)
    refused("NoSuchBucket", lambda: s3.list_objects_v2(Bucket=abandoned), 404)


@s3_case("a completed upload can be asked not to overwrite")
def _():
    put("taken", b"first")
    upload = begun("taken")
    parts = {"Parts": [part(upload, 1, b"second")]}
    refused(
        "PreconditionFailed",
        lambda: s3.complete_multipart_upload(**upload, MultipartUpload=parts, IfNoneMatch="*"),
        412,
    )
    equal(body_of("taken"), b"first")
