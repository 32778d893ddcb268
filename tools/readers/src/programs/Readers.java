// Reads the lines of a lake's objects with Jackson, Trino's reader of OpenX JSON and org.json.
//
//   java -cp 'jars/*' Readers.java FOLDER TABLE…
//
// FOLDER/TABLE.columns holds `name type` lines with Hive's types, FOLDER/TABLE.ndjson what an object of the table holds.
// Writes FOLDER/TABLE.jackson, .trino and .orgjson: a line for each that the reader sees, {"row":{…}} or {"error":"…"}.
// Text leaves in ASCII, so that what stands in it is exactly what the reader had.

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.airlift.slice.Slice;
import io.trino.hive.formats.line.Column;
import io.trino.hive.formats.line.LineBuffer;
import io.trino.hive.formats.line.LineDeserializer;
import io.trino.hive.formats.line.openxjson.OpenXJsonDeserializerFactory;
import io.trino.hive.formats.line.text.TextLineReader;
import io.trino.spi.Page;
import io.trino.spi.PageBuilder;
import io.trino.spi.block.Block;
import io.trino.spi.type.BigintType;
import io.trino.spi.type.BooleanType;
import io.trino.spi.type.DoubleType;
import io.trino.spi.type.IntegerType;
import io.trino.spi.type.Type;
import io.trino.spi.type.VarcharType;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.json.JSONObject;

public class Readers {
    record Field(String name, String type) {}

    /** One line of an object as a row. */
    interface LineReader {
        ObjectNode read(byte[] line) throws Exception;
    }

    static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    static final ObjectMapper WRITER = JsonMapper.builder()
        .configure(JsonWriteFeature.ESCAPE_NON_ASCII.mappedFeature(), true)
        .disable(com.fasterxml.jackson.core.StreamWriteFeature.AUTO_CLOSE_TARGET)
        .build();

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        for (String table : Arrays.copyOfRange(args, 1, args.length)) {
            List<Field> fields = Files.readAllLines(folder.resolve(table + ".columns")).stream()
                .map(line -> line.split(" "))
                .map(words -> new Field(words[0], words[1]))
                .toList();
            byte[] object = Files.readAllBytes(folder.resolve(table + ".ndjson"));
            write(folder.resolve(table + ".jackson"), linesOf(object), jackson(fields));
            write(folder.resolve(table + ".trino"), trinoLinesOf(object), trino(fields));
            write(folder.resolve(table + ".orgjson"), linesOf(object), orgJson(fields));
        }
    }

    static void write(Path file, List<byte[]> lines, LineReader reader) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            for (byte[] line : lines) {
                ObjectNode said = NODES.objectNode();
                try {
                    said.set("row", reader.read(line));
                } catch (Exception | StackOverflowError error) {
                    said.put("error", String.valueOf(error.getMessage()));
                }
                WRITER.writeValue(out, said);
                out.write('\n');
            }
        }
    }

    static List<byte[]> linesOf(byte[] object) {
        List<byte[]> lines = new ArrayList<>();
        int from = 0;
        for (int at = 0; at < object.length; at++) {
            if (object[at] != '\n') continue;
            lines.add(Arrays.copyOfRange(object, from, at));
            from = at + 1;
        }
        if (from < object.length) lines.add(Arrays.copyOfRange(object, from, object.length));
        return lines;
    }

    /** As Trino takes an object of text apart: a lone carriage return ends a line, too. */
    static List<byte[]> trinoLinesOf(byte[] object) throws IOException {
        List<byte[]> lines = new ArrayList<>();
        LineBuffer buffer = new LineBuffer(1024, 100 * 1024 * 1024);
        try (TextLineReader reader = TextLineReader.createUncompressedReader(new ByteArrayInputStream(object), 1024 * 1024)) {
            while (reader.readLine(buffer)) lines.add(Arrays.copyOf(buffer.getBuffer(), buffer.getLength()));
        }
        return lines;
    }

    // Jackson: no key twice, nothing behind the value, names in their own case, integers without a fraction.

    static LineReader jackson(List<Field> fields) {
        ObjectMapper mapper = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
        return line -> {
            if (!(mapper.readTree(line) instanceof ObjectNode object)) throw new IOException("no object");
            ObjectNode row = NODES.objectNode();
            for (Field field : fields) row.set(field.name(), jacksonValue(field, object.remove(field.name())));
            if (!object.isEmpty()) throw new IOException("a field that the table does not have");
            return row;
        };
    }

    static JsonNode jacksonValue(Field field, JsonNode value) throws IOException {
        if (value == null || value.isNull()) return NODES.nullNode();
        boolean fits = switch (field.type()) {
            case "string" -> value.isTextual();
            case "boolean" -> value.isBoolean();
            case "int" -> value.isIntegralNumber() && value.canConvertToInt();
            case "bigint" -> value.isIntegralNumber() && value.canConvertToLong();
            case "double" -> value.isNumber();
            default -> throw new IOException("no column type: " + field.type());
        };
        if (!fits) throw new IOException(field.name() + " is no " + field.type());
        return field.type().equals("double") ? NODES.numberNode(value.doubleValue()) : value;
    }

    // Trino's own reader of org.openx.data.jsonserde.JsonSerDe tables, which Athena's engine is built on.

    static LineReader trino(List<Field> fields) {
        List<Column> columns = new ArrayList<>();
        for (Field field : fields) columns.add(new Column(field.name(), trinoType(field), columns.size()));
        LineDeserializer deserializer = new OpenXJsonDeserializerFactory().create(columns, Map.of());
        return line -> {
            LineBuffer buffer = new LineBuffer(Math.max(1, line.length), Math.max(1, line.length));
            buffer.write(line, 0, line.length);
            PageBuilder builder = new PageBuilder(1, deserializer.getTypes());
            deserializer.deserialize(buffer, builder);
            Page page = builder.build();
            ObjectNode row = NODES.objectNode();
            for (int at = 0; at < fields.size(); at++) {
                row.set(fields.get(at).name(), trinoValue(columns.get(at).type(), page.getBlock(at)));
            }
            return row;
        };
    }

    static Type trinoType(Field field) {
        return switch (field.type()) {
            case "string" -> VarcharType.VARCHAR;
            case "boolean" -> BooleanType.BOOLEAN;
            case "int" -> IntegerType.INTEGER;
            case "bigint" -> BigintType.BIGINT;
            case "double" -> DoubleType.DOUBLE;
            default -> throw new IllegalArgumentException("no column type: " + field.type());
        };
    }

    static JsonNode trinoValue(Type type, Block block) throws IOException {
        if (block.isNull(0)) return NODES.nullNode();
        if (type == VarcharType.VARCHAR) return NODES.textNode(decode(VarcharType.VARCHAR.getSlice(block, 0)));
        if (type == BooleanType.BOOLEAN) return NODES.booleanNode(BooleanType.BOOLEAN.getBoolean(block, 0));
        if (type == DoubleType.DOUBLE) return NODES.numberNode(DoubleType.DOUBLE.getDouble(block, 0));
        return NODES.numberNode(type.getLong(block, 0));
    }

    static String decode(Slice text) throws IOException {
        return decode(text.toByteBuffer());
    }

    static String decode(ByteBuffer text) throws IOException {
        return StandardCharsets.UTF_8.newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT)
            .decode(text)
            .toString();
    }

    // org.json, which the OpenX SerDe of Hive carries: it refuses a key twice, and the SerDe makes names lower case first.

    static LineReader orgJson(List<Field> fields) {
        return line -> {
            JSONObject object = new JSONObject(decode(ByteBuffer.wrap(line)));
            Map<String, Object> lower = new TreeMap<>();
            for (String key : object.keySet()) {
                if (lower.put(key.toLowerCase(Locale.ROOT), object.get(key)) != null) throw new IOException("Duplicate key \"" + key + "\"");
            }
            ObjectNode row = NODES.objectNode();
            for (Field field : fields) row.set(field.name(), orgJsonValue(field, lower.get(field.name())));
            return row;
        };
    }

    static JsonNode orgJsonValue(Field field, Object value) throws IOException {
        if (value == null || value == JSONObject.NULL) return NODES.nullNode();
        return switch (field.type()) {
            case "string" -> NODES.textNode((String) value);
            case "boolean" -> NODES.booleanNode((Boolean) value);
            // The SerDe casts: a number with a fraction is none of these.
            case "int" -> NODES.numberNode((Integer) value);
            case "bigint" -> NODES.numberNode(value instanceof Integer small ? small : (long) (Long) value);
            case "double" -> NODES.numberNode(((Number) value).doubleValue());
            default -> throw new IOException("no column type: " + field.type());
        };
    }
}
