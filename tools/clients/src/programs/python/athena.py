"""Athena by boto3, and by the drivers that people query it with: PyAthena, SQLAlchemy, AWS SDK for pandas."""

import awswrangler
import pandas
import pyathena
import sqlalchemy
from connection import client, database, lake, results
from lake import filled, ids, rows
from pyathena.pandas.cursor import PandasCursor
from suite import case, equal, eventually, refused

athena = client("athena")
ours = f"event_id LIKE '{ids}'"
counted = f"SELECT COUNT(DISTINCT event_id) AS n FROM streaming_events WHERE {ours}"


def fails(sql, saying):
    try:
        answer = rows(sql)
    except AssertionError as error:
        assert "FAILED" in str(error) and saying in str(error), error
    else:
        raise AssertionError(f"it was answered: {answer}")


@case("boto3", "Athena", "the catalogue is listed: catalogs, databases, tables and their columns")
def _():
    catalogs = athena.list_data_catalogs()["DataCatalogsSummary"]
    equal([(each["CatalogName"], each["Type"]) for each in catalogs], [("AwsDataCatalog", "GLUE")])
    equal(athena.get_data_catalog(Name="AwsDataCatalog")["DataCatalog"]["Type"], "GLUE")
    databases = athena.list_databases(CatalogName="AwsDataCatalog")["DatabaseList"]
    assert database in [each["Name"] for each in databases], databases
    of = {"CatalogName": "AwsDataCatalog", "DatabaseName": database}
    tables = athena.list_table_metadata(**of)["TableMetadataList"]
    assert {"streaming_events", "telemetry"} <= {each["Name"] for each in tables}, tables
    columns = athena.get_table_metadata(**of, TableName="streaming_events")["TableMetadata"]["Columns"]
    assert {"Name": "event_id", "Type": "string"} in [{k: c[k] for k in ("Name", "Type")} for c in columns], columns
    refused("MetadataException", lambda: athena.get_table_metadata(**of, TableName="none"), 400)


@case("boto3", "Athena", "statements of the catalogue take backticks")
def _():
    described = [" ".join(cell or "" for cell in row) for row in rows("DESCRIBE `streaming_events`")]
    assert any("event_id" in line for line in described), described
    equal(
        sorted(row[0].strip() for row in rows("SHOW COLUMNS IN `streaming_events`"))[:1],
        sorted(row[0].strip() for row in rows("SHOW COLUMNS IN streaming_events"))[:1],
    )
    rows("SHOW PARTITIONS `streaming_events`")
    rows(f"MSCK REPAIR TABLE `{database}`.`streaming_events`")
    assert ["streaming_events"] in rows(f"SHOW TABLES IN `{database}`")


@case("boto3", "Athena", "parameters of an execution stand for question marks")
def _():
    filled()
    query = athena.start_query_execution(
        QueryString="SELECT COUNT(*) FROM streaming_events WHERE event_id = ? OR event_id = ?",
        ExecutionParameters=["'none'", "'nothing'"],
        QueryExecutionContext={"Database": database},
        ResultConfiguration={"OutputLocation": results},
    )["QueryExecutionId"]
    of = lambda: athena.get_query_execution(QueryExecutionId=query)["QueryExecution"]["Status"]
    told = eventually(lambda: (now := of())["State"] not in ("QUEUED", "RUNNING") and now)
    equal((told["State"], told.get("StateChangeReason")), ("SUCCEEDED", None))
    equal(athena.get_query_results(QueryExecutionId=query)["ResultSet"]["Rows"][1]["Data"], [{"VarCharValue": "0"}])


@case("boto3", "Athena", "UNLOAD writes the types that SELECT reports, in partitions too")
def _():
    filled()
    to = f"s3://{lake}/athena-results/clients-unload/"
    sql = f"SELECT quality, COUNT(*) AS events, SUM(CAST(1 AS bigint)) AS total FROM streaming_events WHERE {ours} GROUP BY quality"
    rows(f"UNLOAD ({sql}) TO '{to}parquet/' WITH (format = 'PARQUET')")
    types = awswrangler.s3.read_parquet_metadata(f"{to}parquet/").columns_types
    equal((types["events"], types["total"]), ("bigint", "bigint"))
    partitioned = f"SELECT events, total, quality FROM ({sql})"
    rows(f"UNLOAD ({partitioned}) TO '{to}json/' WITH (format = 'JSON', partitioned_by = ARRAY['quality'])")
    keys = [each["Key"] for each in client("s3").list_objects_v2(Bucket=lake, Prefix="athena-results/clients-unload/json/")["Contents"]]
    assert keys and all("/quality=" in key for key in keys), keys


@case("boto3", "Athena", "what is wrong with a statement is said as Athena says it")
def _():
    fails("SELECT nothing FROM streaming_events", "COLUMN_NOT_FOUND: line 1:8: Column 'nothing' cannot be resolved")
    fails("SELECT * FROM none", "TABLE_NOT_FOUND")
    refused("InvalidRequestException", lambda: rows("SELEC 1"), 400, "line 1:1")


@case("boto3", "Athena", "a query that would make a table is refused with what to set instead")
def _():
    try:
        rows("CREATE TABLE made AS SELECT 1 AS one")
    except Exception as error:
        assert "ctas_approach=False" in str(error), error
    else:
        raise AssertionError("it was answered")
    assert ["made"] not in rows("SHOW TABLES")


@case("boto3", "Athena", "information_schema tells types in lower case")
def _():
    sql = f"SELECT data_type FROM information_schema.columns WHERE table_schema = '{database}'"
    types = {row[0] for row in rows(sql)}
    assert types and all(each == each.lower() for each in types), types
    assert "varchar" in types, types


def connection(**more):
    return pyathena.connect(s3_staging_dir=results, schema_name=database, poll_interval=0.1, **more)


@case("pyathena", "Athena", "a cursor gives rows with their types, by parameters too")
def _():
    filled()
    cursor = connection().cursor()
    cursor.execute(counted)
    equal(cursor.fetchall(), [(filled(),)])
    cursor.execute(
        "SELECT COUNT(*), MAX(1.5), MIN(true), MAX(DATE '2026-01-02') FROM streaming_events WHERE event_id = %(id)s",
        {"id": "none"},
    )
    equal(cursor.fetchone()[0], 0)
    cursor.execute("SELECT event_id FROM streaming_events WHERE event_id = ?", ["'none'"], paramstyle="qmark")
    equal(cursor.fetchall(), [])


@case("pyathena", "Athena", "rows beyond a page of 1000 are all fetched")
def _():
    cursor = connection().cursor()
    cursor.execute("SELECT n FROM UNNEST(SEQUENCE(1, 2500)) AS t (n) ORDER BY n")
    equal([row[0] for row in cursor.fetchall()], list(range(1, 2501)))


@case("pyathena", "Athena", "a cursor for pandas reads the result's file, with UNLOAD too")
def _():
    filled()
    sql = f"SELECT event_id, watch_duration_seconds FROM streaming_events WHERE {ours}"
    for unload in (False, True):
        frame = connection().cursor(PandasCursor, unload=unload).execute(sql).as_pandas()
        equal((frame["event_id"].nunique(), list(frame.columns)), (filled(), ["event_id", "watch_duration_seconds"]))


@case("pyathena", "Athena", "an error is an error, with Athena's words")
def _():
    try:
        connection().cursor().execute("SELECT nothing FROM streaming_events")
    except pyathena.error.OperationalError as error:
        assert "COLUMN_NOT_FOUND" in str(error), error
    else:
        raise AssertionError("it was answered")


def engine():
    return sqlalchemy.create_engine(
        f"awsathena+rest://:@athena.us-west-2.amazonaws.com:443/{database}",
        connect_args={"s3_staging_dir": results, "poll_interval": 0.1},
    )


@case("sqlalchemy", "Athena", "a statement runs with bound parameters")
def _():
    filled()
    with engine().connect() as connected:
        statement = sqlalchemy.text("SELECT COUNT(DISTINCT event_id) FROM streaming_events WHERE event_id LIKE :ids")
        equal(connected.execute(statement, {"ids": ids}).scalar(), filled())


@case("sqlalchemy", "Athena", "tables are inspected and reflected, and a statement is built of one")
def _():
    filled()
    connected = engine()
    inspector = sqlalchemy.inspect(connected)
    assert database in inspector.get_schema_names()
    assert "streaming_events" in inspector.get_table_names(database)
    assert "event_id" in [each["name"] for each in inspector.get_columns("streaming_events", database)]
    assert not inspector.has_table("none", schema=database)
    table = sqlalchemy.Table("streaming_events", sqlalchemy.MetaData(), schema=database, autoload_with=connected)
    of = table.c.event_id.like(ids)
    statement = sqlalchemy.select(sqlalchemy.func.count(sqlalchemy.distinct(table.c.event_id))).where(of)
    with connected.connect() as open_one:
        equal(open_one.execute(statement).scalar(), filled())


@case("sqlalchemy", "Athena", "pandas reads a statement through it")
def _():
    with engine().connect() as connected:
        equal(pandas.read_sql(sqlalchemy.text(counted), connected)["n"].tolist(), [filled()])


@case("awswrangler", "Athena", "a query without CTAS, and with UNLOAD, is a data frame")
def _():
    filled()
    read = lambda **more: awswrangler.athena.read_sql_query(counted, database=database, s3_output=results, **more)
    equal(read(ctas_approach=False)["n"].tolist(), [filled()])
    unloaded = awswrangler.athena.read_sql_query(
        counted,
        database=database,
        s3_output=f"{results}clients-wrangler/",
        ctas_approach=False,
        unload_approach=True,
        unload_parameters={"file_format": "PARQUET"},
    )
    equal(unloaded["n"].tolist(), [filled()])
    equal(str(unloaded["n"].dtype), "Int64")


@case("awswrangler", "Athena", "a query by CTAS, its default, is refused with what to set instead")
def _():
    try:
        awswrangler.athena.read_sql_query(counted, database=database, s3_output=results)
    except Exception as error:
        assert "ctas_approach=False" in str(error), error
    else:
        raise AssertionError("it was answered")


@case("awswrangler", "Athena", "a query with parameters of both styles")
def _():
    filled()
    sql = "SELECT COUNT(DISTINCT event_id) AS n FROM streaming_events WHERE event_id LIKE "
    read = lambda sql, params, style: awswrangler.athena.read_sql_query(
        sql, database=database, s3_output=results, ctas_approach=False, params=params, paramstyle=style
    )["n"].tolist()
    equal(read(f"{sql}:ids", {"ids": ids}, "named"), [filled()])
    equal(read(f"{sql}?", [f"'{ids}'"], "qmark"), [filled()])


@case("awswrangler", "Glue", "the catalogue is read: databases, tables, types, locations")
def _():
    catalog = awswrangler.catalog
    assert database in catalog.databases()["Database"].tolist()
    equal([each["Name"] for each in catalog.get_tables(database=database, name_contains="streaming")], ["streaming_events"])
    equal([each["Name"] for each in catalog.get_tables(database=database, name_prefix="stream")], ["streaming_events"])
    equal(catalog.get_table_types(database=database, table="streaming_events")["event_id"], "string")
    equal(catalog.get_table_location(database=database, table="streaming_events"), f"s3://{lake}/telemetry/")
    equal(catalog.does_table_exist(database=database, table="none"), False)
