"""Objects as files: AWS SDK for pandas, pyarrow, polars and s3fs, on a bucket of their own and on the lake."""

import gzip
import json
import os

import awswrangler
import pandas
import polars
import pyarrow
import pyarrow.dataset
import pyarrow.fs
import pyarrow.parquet
import s3fs
from connection import client, lake
from lake import filled, ids
from suite import case, equal

bucket = "clients-files"
client("s3").create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": "us-west-2"})
frame = pandas.DataFrame({"id": list(range(1000)), "day": ["a", "b"] * 500, "price": [0.25 * n for n in range(1000)]})
endpoint = os.environ["AWS_ENDPOINT_URL"]


@case("awswrangler", "S3", "Parquet, CSV and JSON are written and read, by partitions too")
def _():
    wr = awswrangler.s3
    to = f"s3://{bucket}/wrangler"
    wr.to_parquet(frame, f"{to}/one.parquet")
    pandas.testing.assert_frame_equal(wr.read_parquet(f"{to}/one.parquet"), frame, check_dtype=False)
    wr.to_parquet(frame, f"{to}/set/", dataset=True, partition_cols=["day"])
    read = wr.read_parquet(f"{to}/set/", dataset=True, partition_filter=lambda of: of["day"] == "a")
    equal(sorted(read["id"]), list(range(0, 1000, 2)))
    wr.to_parquet(frame.head(4), f"{to}/set/", dataset=True, partition_cols=["day"], mode="overwrite_partitions")
    equal(len(wr.read_parquet(f"{to}/set/", dataset=True)), 4)
    wr.to_csv(frame, f"{to}/one.csv.gz", index=False)
    equal(wr.read_csv(f"{to}/one.csv.gz")["price"].sum(), frame["price"].sum())
    wr.to_json(frame, f"{to}/one.json", orient="records", lines=True)
    equal(len(wr.read_json(f"{to}/one.json", orient="records", lines=True)), 1000)
    assert wr.does_object_exist(f"{to}/one.csv.gz") and len(wr.list_objects(f"{to}/")) >= 5
    wr.delete_objects(f"{to}/")
    equal(wr.list_objects(f"{to}/"), [])


@case("awswrangler", "S3", "objects of the lake are read as they landed")
def _():
    filled()
    read = awswrangler.s3.read_json(f"s3://{lake}/telemetry/", path_suffix=".gz", lines=True, dataset=False, compression="gzip")
    equal(read["event_id"][read["event_id"].str.startswith(ids[:-1])].nunique(), filled())


def arrow():
    return pyarrow.fs.S3FileSystem(endpoint_override=endpoint.removeprefix("http://"), scheme="http", allow_bucket_creation=True, allow_bucket_deletion=True)


@case("pyarrow", "S3", "S3FileSystem makes folders, streams, copies, moves, lists and removes")
def _():
    s3 = arrow()
    s3.create_dir(f"{bucket}/arrow/folder")
    equal(s3.get_file_info(f"{bucket}/arrow/folder").type, pyarrow.fs.FileType.Directory)
    with s3.open_output_stream(f"{bucket}/arrow/folder/large", metadata={"Content-Type": "text/x"}) as out:
        for number in range(12):
            out.write(bytes([number]) * (1 << 20))
    equal(s3.get_file_info(f"{bucket}/arrow/folder/large").size, 12 << 20)
    with s3.open_input_file(f"{bucket}/arrow/folder/large") as file:
        file.seek((5 << 20) - 1)
        equal(file.read(2), b"\x04\x05")
    with s3.open_output_stream(f"{bucket}/arrow/empty"):
        pass
    s3.copy_file(f"{bucket}/arrow/empty", f"{bucket}/arrow/copy")
    s3.move(f"{bucket}/arrow/copy", f"{bucket}/arrow/moved")
    found = s3.get_file_info(pyarrow.fs.FileSelector(f"{bucket}/arrow", recursive=True))
    equal(
        sorted((each.path.removeprefix(f"{bucket}/arrow/"), each.size) for each in found if each.is_file),
        [("empty", 0), ("folder/large", 12 << 20), ("moved", 0)],
    )
    s3.delete_dir(f"{bucket}/arrow")
    equal(s3.get_file_info(f"{bucket}/arrow").type, pyarrow.fs.FileType.NotFound)
    s3.create_dir("clients-arrow")
    s3.delete_dir("clients-arrow")


@case("pyarrow", "S3", "a data set in partitions is written and read by a filter")
def _():
    table = pyarrow.Table.from_pandas(frame)
    where = {"base_dir": f"{bucket}/arrow-set", "filesystem": arrow(), "format": "parquet"}
    pyarrow.dataset.write_dataset(table, **where, partitioning=["day"], partitioning_flavor="hive")
    read = pyarrow.dataset.dataset(f"{bucket}/arrow-set", filesystem=arrow(), partitioning="hive")
    equal(read.to_table(filter=pyarrow.dataset.field("day") == "b").num_rows, 500)


storage = {
    "aws_endpoint_url": endpoint,
    "aws_region": "us-west-2",
    "aws_access_key_id": "local",
    "aws_secret_access_key": "local",
    "aws_allow_http": "true",
}


@case("polars", "S3", "Parquet is written, and scanned with a filter that is pushed down")
def _():
    to = f"s3://{bucket}/polars/one.parquet"
    polars.DataFrame(frame.to_dict("list")).write_parquet(to, storage_options=storage)
    read = polars.scan_parquet(to, storage_options=storage).filter(polars.col("id") < 10).collect()
    equal((read.height, read["price"].sum()), (10, 11.25))
    wild = polars.scan_parquet(f"s3://{bucket}/polars/*.parquet", storage_options=storage).select(polars.len()).collect()
    equal(wild.item(), 1000)


@case("polars", "S3", "lines of JSON are scanned, those of the lake too")
def _():
    lines = "".join(json.dumps({"n": number}) + "\n" for number in range(100))
    client("s3").put_object(Bucket=bucket, Key="polars/lines.ndjson", Body=lines.encode())
    read = polars.scan_ndjson(f"s3://{bucket}/polars/lines.ndjson", storage_options=storage).collect()
    equal(read["n"].sum(), 4950)
    filled()
    found = polars.scan_ndjson(f"s3://{lake}/telemetry/**/*.gz", storage_options=storage).select("event_id").collect()
    equal(found.filter(polars.col("event_id").str.starts_with(ids[:-1]))["event_id"].n_unique(), filled())


@case("s3fs", "S3", "files are written, read, appended, copied, moved, found and removed")
def _():
    s3 = s3fs.S3FileSystem(endpoint_url=endpoint, use_listings_cache=False)
    at = f"{bucket}/s3fs"
    with s3.open(f"{at}/a.txt", "w") as file:
        file.write("first\n")
    with s3.open(f"{at}/a.txt", "a") as file:
        file.write("second\n")
    equal(s3.cat(f"{at}/a.txt"), b"first\nsecond\n")
    with s3.open(f"{at}/large", "wb", block_size=5 << 20) as file:
        for number in range(11):
            file.write(bytes([number]) * (1 << 20))
    equal(s3.cat_file(f"{at}/large", start=(10 << 20) - 1, end=(10 << 20) + 1), b"\x09\x0a")
    s3.touch(f"{at}/empty")
    s3.cp(f"{at}/large", f"{at}/b/copy")
    s3.mv(f"{at}/a.txt", f"{at}/b/moved.txt")
    equal([name.removeprefix(f"{at}/") for name in s3.find(at)], ["b/copy", "b/moved.txt", "empty", "large"])
    equal(s3.glob(f"{at}/*/*.txt"), [f"{at}/b/moved.txt"])
    equal((s3.info(f"{at}/b/copy")["size"], s3.exists(f"{at}/none")), (11 << 20, False))
    s3.rm(at, recursive=True)
    equal(s3.find(at), [])


@case("s3fs", "S3", "pandas reads and writes s3:// addresses through it, and tags are kept")
def _():
    options = {"endpoint_url": endpoint}
    frame.to_parquet(f"s3://{bucket}/pandas/one.parquet", storage_options={"client_kwargs": options})
    read = pandas.read_parquet(f"s3://{bucket}/pandas/one.parquet", storage_options={"client_kwargs": options})
    equal(read["id"].sum(), frame["id"].sum())
    s3 = s3fs.S3FileSystem(endpoint_url=endpoint)
    s3.put_tags(f"{bucket}/pandas/one.parquet", {"a": "1"})
    equal(s3.get_tags(f"{bucket}/pandas/one.parquet"), {"a": "1"})
    equal(pandas.read_parquet(f"s3://{bucket}/pandas/one.parquet", storage_options={"client_kwargs": options}).shape, (1000, 3))


@case("s3fs", "S3", "an object in gzip is read as its lines")
def _():
    client("s3").put_object(Bucket=bucket, Key="lines.gz", Body=gzip.compress(b"a\nb\n"))
    s3 = s3fs.S3FileSystem(endpoint_url=endpoint)
    with s3.open(f"{bucket}/lines.gz", "rt", compression="gzip") as file:
        equal(file.read(), "a\nb\n")
