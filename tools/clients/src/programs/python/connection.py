"""boto3 clients as `npm run env` sets them up, and the names of the platform's own things."""

import functools

import boto3
from botocore.config import Config

stream = "acme-telemetry-stream"
lake = "acme-telemetry-data-000000000000-us-west-2"
database = "acme_telemetry"
results = f"s3://{lake}/athena-results/"


@functools.cache
def client(service, **config):
    """One try, so that a refusal is not asked for several times."""
    return boto3.client(service, config=Config(retries={"max_attempts": 1, "mode": "standard"}, **config))
