"""Cases of stock clients: each is a function with a title, run one after the other; what came of it is a line of JSON."""

import json
import os
import sys
import time
import traceback
from importlib.metadata import version

from botocore.exceptions import ClientError

_cases = []


def case(client, area, title):
    """Makes a function a case; `client` is the name of the package on PyPI whose behaviour it shows."""

    def register(function):
        _cases.append((client, area, title, function))
        return function

    return register


def full():
    """Whether the long form was asked for."""
    return os.environ.get("CLIENTS_FULL") == "1"


def equal(actual, expected):
    assert actual == expected, f"{actual!r} is not {expected!r}"


def refused(code, call, status=None, saying=None):
    """The call is refused by AWS's error code, at times with a status and words."""
    try:
        answer = call()
    except ClientError as error:
        told = error.response
        equal(told["Error"]["Code"], code)
        if status is not None:
            equal(told["ResponseMetadata"]["HTTPStatusCode"], status)
        if saying is not None:
            assert saying in told["Error"].get("Message", ""), f"{told['Error'].get('Message')!r} lacks {saying!r}"
        return told
    raise AssertionError(f"it was answered, and not refused with {code}: {str(answer)[:200]}")


def eventually(look, seconds=60):
    """What `look` gives once it gives something; for what comes by itself."""
    until = time.monotonic() + seconds
    while True:
        found = look()
        if found:
            return found
        if time.monotonic() > until:
            raise AssertionError(f"it did not come within {seconds} seconds")
        time.sleep(0.2)


def run():
    """Runs every case; the process fails only when it cannot run them."""
    versions = {}
    only = sys.argv[1] if len(sys.argv) > 1 else ""
    for client, area, title, function in _cases:
        if only not in f"{client} {area} {title}":
            continue
        versions.setdefault(client, version(client))
        report = {"client": client, "version": versions[client], "area": area, "title": title}
        try:
            function()
        except Exception as error:  # a client may raise anything
            words = " ".join(str(error).split())[:400]
            here = os.path.dirname(os.path.abspath(__file__))
            frames = [
                frame
                for frame in traceback.extract_tb(error.__traceback__)
                if os.path.dirname(os.path.abspath(frame.filename)) == here and frame.filename != __file__
            ]
            at = f"{os.path.basename(frames[-1].filename)}:{frames[-1].lineno}" if frames else ""
            report["problem"] = f"{type(error).__name__}: {words} ({at})"
        print(json.dumps(report), flush=True)
