"""Some events in the lake that every reader counts, and how long they take to get there."""

import functools
import json

from connection import client, database, results
from suite import eventually

seed, events = 21, 500
ids = f"ev-{seed:08x}-%"


def rows(sql):
    """What Athena answers, by boto3 alone: lists of texts, None for NULL."""
    athena = client("athena")
    query = athena.start_query_execution(
        QueryString=sql,
        QueryExecutionContext={"Database": database},
        ResultConfiguration={"OutputLocation": results},
    )["QueryExecutionId"]
    state = lambda: athena.get_query_execution(QueryExecutionId=query)["QueryExecution"]["Status"]
    told = eventually(lambda: (now := state())["State"] not in ("QUEUED", "RUNNING") and now)
    if told["State"] != "SUCCEEDED":
        raise AssertionError(f"{told['State']}: {told.get('StateChangeReason')}")
    pages = athena.get_paginator("get_query_results").paginate(QueryExecutionId=query)
    found = [[cell.get("VarCharValue") for cell in row["Data"]] for page in pages for row in page["ResultSet"]["Rows"]]
    return found[1:] if sql.lstrip().upper().startswith(("SELECT", "WITH")) else found


@functools.cache
def filled():
    """The generator's events have landed; gives how many."""
    order = json.dumps({"seed": seed, "from": 0, "count": events}).encode()
    client("lambda").invoke(FunctionName="acme-data-generator", Payload=order)
    count = f"SELECT COUNT(DISTINCT event_id) FROM streaming_events WHERE event_id LIKE '{ids}'"
    eventually(lambda: int(rows(count)[0][0]) == events, 120)
    return events
