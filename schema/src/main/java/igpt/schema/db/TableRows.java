package igpt.schema.db;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Clob;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows of any table as JSON and back, the same from both databases: an object a row, numbers to the last bit. */
public final class TableRows {
    private final JdbcClient jdbc;

    public TableRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Those of one run or artifact. */
    ArrayNode read(OwnedTable table, long owner) {
        var rows = JsonNodeFactory.instance.arrayNode();
        jdbc.sql("select * from " + table.name() + " where " + table.ofOne())
                .params(owner)
                .query((row, number) -> row(row))
                .list()
                .forEach(rows::add);
        return rows;
    }

    private static ObjectNode row(ResultSet row) throws SQLException {
        var json = JsonNodeFactory.instance.objectNode();
        var columns = row.getMetaData();
        for (int column = 1; column <= columns.getColumnCount(); column++) {
            var name = columns.getColumnLabel(column).toLowerCase(Locale.ROOT);
            put(json, name, row.getObject(column), row, column);
        }
        return json;
    }

    private static void put(ObjectNode json, String name, @Nullable Object value, ResultSet row, int column)
            throws SQLException {
        if (value == null) {
            json.putNull(name);
        } else if (value instanceof Double number) {
            json.put(name, number);
        } else if (value instanceof Number number) {
            json.put(name, number.longValue());
        } else if (value instanceof Boolean truth) {
            json.put(name, truth);
        } else if (value instanceof OffsetDateTime time) {
            json.put(name, time.toInstant().toString());
        } else if (value instanceof Timestamp) {
            json.put(
                    name,
                    row.getMetaData().getColumnTypeName(column).equals("timestamptz")
                            ? row.getObject(column, OffsetDateTime.class)
                                    .toInstant()
                                    .toString()
                            : row.getObject(column, LocalDateTime.class).toString());
        } else {
            json.put(name, value instanceof Clob ? row.getString(column) : value.toString());
        }
    }

    /** Adds them; columns that the table does not have are passed over. */
    public void insert(String table, JsonNode rows) {
        if (rows.isEmpty()) {
            return;
        }
        var types = types(table);
        for (var row : rows) {
            var values = values(row, types);
            var columns = String.join(", ", values.keySet());
            var places = String.join(
                    ", ", values.keySet().stream().map(name -> ":" + name).toList());
            jdbc.sql("insert into " + table + " (" + columns + ") values (" + places + ")")
                    .params(values)
                    .update();
        }
    }

    /** Adds them, or brings those up to date that are there. */
    public void put(OwnedTable owned, JsonNode rows) {
        var table = owned.name();
        var types = types(table);
        var key = String.join(
                " and ", owned.key().stream().map(name -> name + " = :" + name).toList());
        for (var row : rows) {
            var values = values(row, types);
            var changes = String.join(
                    ", ",
                    values.keySet().stream().map(name -> name + " = :" + name).toList());
            var updated = jdbc.sql("update " + table + " set " + changes + " where " + key)
                    .params(values)
                    .update();
            if (updated == 0) {
                insert(table, JsonNodeFactory.instance.arrayNode().add(row));
            }
        }
    }

    private Map<String, Integer> types(String table) {
        return jdbc.sql("select * from " + table + " where 1 = 0").query((ResultSet rows) -> {
            var types = new LinkedHashMap<String, Integer>();
            var columns = rows.getMetaData();
            for (int column = 1; column <= columns.getColumnCount(); column++) {
                boolean instant = columns.getColumnTypeName(column).equals("timestamptz");
                types.put(
                        columns.getColumnLabel(column).toLowerCase(Locale.ROOT),
                        instant ? Types.TIMESTAMP_WITH_TIMEZONE : columns.getColumnType(column));
            }
            return types;
        });
    }

    private static Map<String, @Nullable Object> values(JsonNode row, Map<String, Integer> types) {
        var values = new LinkedHashMap<String, @Nullable Object>();
        types.forEach((name, type) -> {
            var value = row.get(name);
            if (value != null) {
                values.put(name, value.isNull() ? null : value(value, type));
            }
        });
        return values;
    }

    private static Object value(JsonNode value, int type) {
        return switch (type) {
            case Types.TIMESTAMP_WITH_TIMEZONE -> Instant.parse(value.asText()).atOffset(ZoneOffset.UTC);
            case Types.TIMESTAMP -> LocalDateTime.parse(value.asText());
            case Types.BOOLEAN, Types.BIT -> value.asBoolean();
            case Types.DOUBLE, Types.FLOAT, Types.REAL ->
                value.isTextual() ? Double.parseDouble(value.asText()) : value.asDouble();
            case Types.BIGINT, Types.INTEGER, Types.SMALLINT, Types.NUMERIC, Types.DECIMAL -> value.asLong();
            default -> value.asText();
        };
    }
}
