"""Objects of S3 by boto3: what is kept, what a condition or a range gives, and which error is told."""

import base64
import hashlib

from s3_client import body_of, bucket, by_url, put, s3, s3_case, signer
from suite import equal, refused


@s3_case("an object comes back with its bytes, type, metadata and an ETag that is its MD5")
def _():
    etag = put("kept", b"\x00\xffabc", ContentType="text/x-odd", Metadata={"one": "1", "two-words": "a b"})["ETag"]
    got = s3.get_object(Bucket=bucket, Key="kept")
    equal(got["Body"].read(), b"\x00\xffabc")
    equal((got["ContentType"], got["Metadata"]), ("text/x-odd", {"one": "1", "two-words": "a b"}))
    equal((etag, got["ETag"]), (f'"{hashlib.md5(bytes([0, 255]) + b"abc").hexdigest()}"',) * 2)


@s3_case("headers of an object are kept: encoding, language, disposition, cache control")
def _():
    kept = {
        "ContentEncoding": "gzip",
        "ContentLanguage": "de",
        "ContentDisposition": 'attachment; filename="a.gz"',
        "CacheControl": "max-age=60",
    }
    put("headers", **kept)
    head = s3.head_object(Bucket=bucket, Key="headers")
    equal({name: head.get(name) for name in kept}, kept)


@s3_case("what an answer says can be replaced by response-* parameters")
def _():
    put("replaced", ContentType="text/plain")
    got = s3.get_object(
        Bucket=bucket, Key="replaced", ResponseContentType="text/csv", ResponseContentDisposition="attachment"
    )
    equal((got["ContentType"], got["ContentDisposition"]), ("text/csv", "attachment"))


@s3_case("an object of no bytes and no Content-Type is an object: folder markers, _SUCCESS")
def _():
    for key in ("folder/", "table/_SUCCESS"):
        url = signer.generate_presigned_url("put_object", Params={"Bucket": bucket, "Key": key})
        equal(by_url(url, "PUT")[0], 200)
        equal(s3.head_object(Bucket=bucket, Key=key)["ContentLength"], 0)


@s3_case("a body in chunks with a checksum behind it is kept as its bytes")
def _():
    for algorithm in ("CRC32", "SHA256", "CRC64NVME"):
        try:
            put(f"checked-{algorithm}", b"checked" * 1000, ChecksumAlgorithm=algorithm)
        except Exception as error:
            if "MissingDependency" in type(error).__name__:
                continue  # CRC64NVME needs the C runtime, which pip does not bring
            raise
        equal(body_of(f"checked-{algorithm}"), b"checked" * 1000)


@s3_case("a body that is not the one of its Content-MD5 is refused")
def _():
    wrong = base64.b64encode(hashlib.md5(b"other").digest()).decode()
    refused("BadDigest", lambda: put("digest", b"text", ContentMD5=wrong), 400)
    refused("NoSuchKey", lambda: body_of("digest"), 404)


@s3_case("odd keys are kept as they are")
def _():
    keys = ["a b", "a+b", "ä/ö", "日本", "a%20b", "a//b", "./a", "a?b=c&d", "a#b", "'q\"", "year=2026/x", "é", "e\u0301", "🙂"]
    for number, key in enumerate(keys):
        put(f"odd/{key}", str(number).encode())
    equal([body_of(f"odd/{key}") for key in keys], [str(number).encode() for number in range(len(keys))])
    listed = s3.list_objects_v2(Bucket=bucket, Prefix="odd/")["Contents"]
    equal([each["Key"] for each in listed], sorted((f"odd/{key}" for key in keys), key=lambda key: key.encode()))


@s3_case("a key of 1024 bytes is taken, and a longer one refused")
def _():
    put("k" * 200 + "/" + "k" * 200 + "/" + "k" * 200 + "/" + "k" * 200 + "/" + "k" * 220)
    refused("KeyTooLongError", lambda: put("k" * 1025), 400)


@s3_case("ranges give the bytes asked for, and one beyond the end is refused")
def _():
    put("range", b"0123456789")
    got = s3.get_object(Bucket=bucket, Key="range", Range="bytes=2-4")
    equal((got["Body"].read(), got["ContentRange"]), (b"234", "bytes 2-4/10"))
    equal(got["ResponseMetadata"]["HTTPStatusCode"], 206)
    equal(body_of("range", Range="bytes=7-"), b"789")
    equal(body_of("range", Range="bytes=-3"), b"789")
    equal(body_of("range", Range="bytes=8-99"), b"89")
    refused("InvalidRange", lambda: body_of("range", Range="bytes=10-12"), 416)


@s3_case("conditions of a read: If-Match, If-None-Match, If-Modified-Since, If-Unmodified-Since")
def _():
    etag = put("conditions")["ETag"]
    modified = s3.head_object(Bucket=bucket, Key="conditions")["LastModified"]
    equal(body_of("conditions", IfMatch=etag), b"text")
    refused("PreconditionFailed", lambda: body_of("conditions", IfMatch='"other"'), 412)
    equal(body_of("conditions", IfNoneMatch='"other"'), b"text")
    refused("304", lambda: body_of("conditions", IfNoneMatch=etag), 304)
    refused("304", lambda: body_of("conditions", IfModifiedSince=modified), 304)
    equal(body_of("conditions", IfUnmodifiedSince=modified), b"text")


@s3_case("a write with If-None-Match: * happens once, one with If-Match only to what it names")
def _():
    etag = put("once", b"first", IfNoneMatch="*")["ETag"]
    refused("PreconditionFailed", lambda: put("once", b"second", IfNoneMatch="*"), 412)
    refused("PreconditionFailed", lambda: put("once", b"second", IfMatch='"other"'), 412)
    equal(body_of("once"), b"first")
    put("once", b"third", IfMatch=etag)
    equal(body_of("once"), b"third")
    refused("NoSuchKey", lambda: put("never", IfMatch=etag), 404)


@s3_case("a copy takes metadata along, or replaces it, and keeps the source")
def _():
    put("source", b"copied", Metadata={"from": "source"}, ContentType="text/a")
    source = {"Bucket": bucket, "Key": "source"}
    s3.copy_object(Bucket=bucket, Key="copy 1", CopySource=source)
    s3.copy_object(
        Bucket=bucket, Key="copy 2", CopySource=source, MetadataDirective="REPLACE", Metadata={"own": "1"}
    )
    heads = [s3.head_object(Bucket=bucket, Key=f"copy {number}") for number in (1, 2)]
    equal([head["Metadata"] for head in heads], [{"from": "source"}, {"own": "1"}])
    equal([body_of(key) for key in ("source", "copy 1", "copy 2")], [b"copied"] * 3)


@s3_case("a copy onto itself needs something new, a copy of nothing is NoSuchKey")
def _():
    put("itself")
    itself = {"Bucket": bucket, "Key": "itself"}
    refused("InvalidRequest", lambda: s3.copy_object(Bucket=bucket, Key="itself", CopySource=itself), 400)
    s3.copy_object(Bucket=bucket, Key="itself", CopySource=itself, MetadataDirective="REPLACE", Metadata={"n": "1"})
    equal(s3.head_object(Bucket=bucket, Key="itself")["Metadata"], {"n": "1"})
    nothing = {"Bucket": bucket, "Key": "nothing"}
    refused("NoSuchKey", lambda: s3.copy_object(Bucket=bucket, Key="x", CopySource=nothing), 404)


@s3_case("a copy by condition of its source happens only when it holds")
def _():
    etag = put("copied-if")["ETag"]
    source = {"Bucket": bucket, "Key": "copied-if"}
    s3.copy_object(Bucket=bucket, Key="copied", CopySource=source, CopySourceIfMatch=etag)
    refused(
        "PreconditionFailed",
        lambda: s3.copy_object(Bucket=bucket, Key="not-copied", CopySource=source, CopySourceIfNoneMatch=etag),
        412,
    )
    refused("NoSuchKey", lambda: body_of("not-copied"), 404)


@s3_case("what is not there is told by its code")
def _():
    refused("NoSuchKey", lambda: body_of("nothing"), 404)
    refused("404", lambda: s3.head_object(Bucket=bucket, Key="nothing"), 404)
    refused("NoSuchBucket", lambda: s3.get_object(Bucket="no-such-bucket-here", Key="k"), 404)
    refused("NoSuchBucket", lambda: s3.list_objects_v2(Bucket="no-such-bucket-here"), 404)
    refused("404", lambda: s3.head_bucket(Bucket="no-such-bucket-here"), 404)
    refused("NoSuchUpload", lambda: s3.list_parts(Bucket=bucket, Key="k", UploadId="none"), 404)


@s3_case("removing what is not there is no error, and many at once tells each")
def _():
    s3.delete_object(Bucket=bucket, Key="nothing")
    for number in range(3):
        put(f"gone/{number}")
    keys = [{"Key": f"gone/{number}"} for number in range(4)]
    told = s3.delete_objects(Bucket=bucket, Delete={"Objects": keys})
    equal(sorted(each["Key"] for each in told["Deleted"]), [each["Key"] for each in keys])
    equal(s3.list_objects_v2(Bucket=bucket, Prefix="gone/")["KeyCount"], 0)


@s3_case("tags of an object are set, read, counted and removed, and leave its bytes alone")
def _():
    put("tagged", b"bytes", Tagging="a=1&b=two%20words")
    tags = lambda: s3.get_object_tagging(Bucket=bucket, Key="tagged")["TagSet"]
    equal(sorted((each["Key"], each["Value"]) for each in tags()), [("a", "1"), ("b", "two words")])
    s3.put_object_tagging(Bucket=bucket, Key="tagged", Tagging={"TagSet": [{"Key": "c", "Value": "3"}]})
    equal((tags(), body_of("tagged")), ([{"Key": "c", "Value": "3"}], b"bytes"))
    equal(s3.head_object(Bucket=bucket, Key="tagged")["ContentLength"], 5)
    s3.delete_object_tagging(Bucket=bucket, Key="tagged")
    equal((tags(), body_of("tagged")), ([], b"bytes"))
