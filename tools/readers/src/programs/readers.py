"""Reads the lines of a lake's objects with PyArrow.

    python readers.py FOLDER TABLE…

FOLDER/TABLE.columns holds `name type` lines with Hive's types, FOLDER/TABLE.ndjson what an object of the table holds.
Writes FOLDER/TABLE.pyarrow: a line for each that PyArrow sees, {"row":{…}} or {"error":"…"}, in ASCII.
"""

import io
import json
import sys
from pathlib import Path

import pyarrow
import pyarrow.json

TYPES = {
    "string": pyarrow.string(),
    "boolean": pyarrow.bool_(),
    "int": pyarrow.int32(),
    "bigint": pyarrow.int64(),
    "double": pyarrow.float64(),
}


def read(lines, options):
    """All rows in one reading; where that fails, halves of it, down to the first line that cannot be read, which is the last."""
    if not lines:
        return []
    try:
        rows = pyarrow.json.read_json(io.BytesIO(b"".join(lines)), parse_options=options).to_pylist()
        if len(rows) == len(lines):
            return [{"row": row} for row in rows]
        error = f"{len(rows)} rows"
    except (pyarrow.ArrowException, UnicodeDecodeError) as thrown:
        error = str(thrown)
    if len(lines) == 1:
        return [{"error": error}]
    half = len(lines) // 2
    before = read(lines[:half], options)
    is_read = all("row" in reading for reading in before)
    return before + read(lines[half:], options) if is_read else before


folder = Path(sys.argv[1])
for table in sys.argv[2:]:
    columns = [line.split(" ") for line in (folder / f"{table}.columns").read_text().splitlines()]
    options = pyarrow.json.ParseOptions(
        explicit_schema=pyarrow.schema([(name, TYPES[hive]) for name, hive in columns]),
        unexpected_field_behavior="error",
    )
    lines = io.BytesIO((folder / f"{table}.ndjson").read_bytes()).readlines()  # at line feeds alone
    with open(folder / f"{table}.pyarrow", "w", encoding="ascii") as out:
        for reading in read(lines, options):
            out.write(json.dumps(reading) + "\n")
