package igpt.schema.parquet;

import igpt.schema.UserException;
import igpt.schema.file.CorruptFileException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/** A Parquet file of ours by row group, whole pages at a time, every checksum verified. */
final class TableReader implements Closeable {
    private final Path path;
    private final ParquetFileReader file;

    /** A page's values, after its levels: {@code count} of them, little-endian. */
    @FunctionalInterface
    interface PageSink {
        void accept(ByteBuffer values, int count);
    }

    /** A page's values, after its levels, little-endian: one for each row that has any. */
    @FunctionalInterface
    interface OptionalSink {
        void accept(ByteBuffer values, boolean[] there);
    }

    TableReader(Path path, MessageType schema) {
        this.path = path;
        if (!Files.isRegularFile(path)) {
            throw new UserException("no such file: " + path);
        }
        var options = ParquetReadOptions.builder(new PlainParquetConfiguration())
                .withCodecFactory(new ZstdCodecs(0))
                .usePageChecksumVerification(true)
                .withUseHadoopVectoredIo(false)
                .build();
        file = guard(() -> ParquetFileReader.open(new LocalInputFile(path), options));
        var found = file.getFileMetaData().getSchema();
        if (!found.equals(schema)) {
            throw new CorruptFileException(path, "its columns are not those of " + schema.getName());
        }
    }

    long rows() {
        return file.getRecordCount();
    }

    Map<String, String> footer() {
        return file.getFileMetaData().getKeyValueMetaData();
    }

    /** Reads these columns only. */
    void columns(String... names) {
        var wanted = new ArrayList<ColumnDescriptor>();
        for (var column : file.getFileMetaData().getSchema().getColumns()) {
            if (List.of(names).contains(column.getPath()[0])) {
                wanted.add(column);
            }
        }
        file.setRequestedSchema(wanted);
    }

    @Nullable
    Group nextGroup() {
        var pages = guard(file::readNextRowGroup);
        return pages == null ? null : new Group(pages);
    }

    /** Some thousand rows. */
    final class Group {
        private final PageReadStore pages;

        private Group(PageReadStore pages) {
            this.pages = pages;
        }

        int rows() {
            return (int) pages.getRowCount();
        }

        /** Walks a column's pages in order and checks that they hold {@code rows() * perRow} values in lists of perRow. */
        void read(String name, Encoding encoding, int perRow, PageSink sink) {
            guard(() -> {
                var column = find(name);
                var reader = pages.getPageReader(column);
                long values = 0;
                for (var page = reader.readPage(); page != null; page = reader.readPage()) {
                    if (!(page instanceof DataPageV1 plain) || plain.getValueEncoding() != encoding) {
                        throw new IOException("column " + name + " is not encoded as " + encoding);
                    }
                    int count = page.getValueCount();
                    var bytes = plain.getBytes().toByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
                    if (column.getMaxRepetitionLevel() > 0) {
                        Levels.skip(bytes, count, perRow);
                        Levels.skip(bytes, count, 0);
                    }
                    sink.accept(bytes.slice().order(ByteOrder.LITTLE_ENDIAN), count);
                    values += count;
                }
                if (values != (long) rows() * perRow) {
                    throw new IOException("column " + name + " has " + values + " values for " + rows() + " rows");
                }
                return values;
            });
        }

        /** The same of a column of which each row may have a value or none. */
        void readOptional(String name, OptionalSink sink) {
            guard(() -> {
                var reader = pages.getPageReader(find(name));
                long rows = 0;
                for (var page = reader.readPage(); page != null; page = reader.readPage()) {
                    if (!(page instanceof DataPageV1 plain) || plain.getValueEncoding() != Encoding.PLAIN) {
                        throw new IOException("column " + name + " is not encoded as " + Encoding.PLAIN);
                    }
                    var bytes = plain.getBytes().toByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
                    var there = Levels.read(bytes, page.getValueCount());
                    sink.accept(bytes.slice().order(ByteOrder.LITTLE_ENDIAN), there);
                    rows += there.length;
                }
                if (rows != rows()) {
                    throw new IOException("column " + name + " has " + rows + " values for " + rows() + " rows");
                }
                return rows;
            });
        }

        private ColumnDescriptor find(String name) throws IOException {
            for (var column : file.getFileMetaData().getSchema().getColumns()) {
                if (column.getPath()[0].equals(name)) {
                    return column;
                }
            }
            throw new IOException("no column " + name);
        }
    }

    @FunctionalInterface
    private interface Reading<T extends @Nullable Object> {
        T read() throws IOException;
    }

    /** Changed bytes surface in Parquet's code as any exception at all; here each becomes the one that names the file. */
    private <T extends @Nullable Object> T guard(Reading<T> reading) {
        try {
            return reading.read();
        } catch (UserException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new CorruptFileException(path, reason(e), e);
        }
    }

    private static String reason(Exception e) {
        var message = e.getMessage();
        return message == null
                ? e.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
