"""Presigned URLs and forms of S3 by boto3, and what is not signed."""

import time

from connection import client
from s3_client import body_of, bucket, by_url, put, s3, s3_case, signer
from suite import equal, refused


@s3_case("presigned URLs of version 4 read and write")
def _():
    url = signer.generate_presigned_url("put_object", Params={"Bucket": bucket, "Key": "signed 4"})
    equal(by_url(url, "PUT", b"by url")[0], 200)
    url = signer.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": "signed 4"})
    equal(by_url(url), (200, b"by url"))


@s3_case("a presigned URL ends when it said it would")
def _():
    put("signed 4")
    url = signer.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": "signed 4"}, ExpiresIn=1)
    time.sleep(2.1)
    status, words = by_url(url)
    assert status == 403 and b"<Code>AccessDenied</Code>" in words and b"expired" in words, (status, words)


@s3_case("presigned URLs of version 2 read and write, or are refused with that word")
def _():
    old = client("s3", signature_version="s3")
    url = old.generate_presigned_url("put_object", Params={"Bucket": bucket, "Key": "signed 2"})
    status, words = by_url(url, "PUT", b"by url")
    if status != 200:
        assert status in (400, 403) and b"AWS4-HMAC-SHA256" in words, (status, words)
        return
    url = old.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": "signed 2"})
    equal(by_url(url), (200, b"by url"))


@s3_case("a form of a presigned POST uploads, or is refused before anything is kept")
def _():
    form = signer.generate_presigned_post(bucket, "posted")
    edge = "edge-of-the-form"
    fields = "".join(
        f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in form["fields"].items()
    )
    file = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\nposted\r\n--{edge}--\r\n'
    status, words = by_url(
        form["url"], "POST", (fields + file).encode(), {"Content-Type": f"multipart/form-data; boundary={edge}"}
    )
    if status in (200, 201, 204):
        equal(body_of("posted"), b"posted")
    else:
        assert status in (403, 501) and b"<Code>" in words, (status, words)
        refused("NoSuchKey", lambda: body_of("posted"), 404)


@s3_case("an unsigned read is refused")
def _():
    put("private")
    equal(by_url(f"{s3.meta.endpoint_url}/{bucket}/private")[0], 403)
