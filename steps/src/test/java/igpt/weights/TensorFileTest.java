package igpt.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igpt.schema.UserException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.FileSystemUtils;

class TensorFileTest {
    private static final String A = "\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '$',
            value = {
                "{A,\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}} | 8  | tensor b overlaps tensor a",
                "{A,\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[8,12]}} | 8 | tensor b ends at byte 12 of 8",
                "{A,\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[12,16]}} | 16 | tensor b leaves 4 bytes before it",
                "{A} | 12 | leaves 4 bytes at the end",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}} | 8 | tensor a has a shape or offsets that are not whole numbers",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[-8,0]}} | 8 | tensor a has a shape or offsets that are not whole numbers",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}} | 8 | tensor a takes 8 bytes, but its offsets are 8 and 0",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}} | 8 | tensor a takes 12 bytes, but its offsets are 0 and 8",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,8]}} | 8 | tensor a is larger than any file",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[99999999999999999999],\"data_offsets\":[0,8]}} | 8 | broken at tensor a",
                "{\"a\":{\"dtype\":\"F31\",\"shape\":[2],\"data_offsets\":[0,8]}} | 8 | tensor a is of an unknown type, F31",
                "{\"a\":{\"dtype\":[\"F32\"],\"shape\":[2],\"data_offsets\":[0,8]}} | 8 | tensor a",
                "{\"a\":{\"dtype\":\"F32\",\"data_offsets\":[0,8]}} | 8 | tensor a has no dtype, shape or data_offsets",
                "{\"a\":5} | 8 | tensor a is not described by an object",
                "{A,A} | 8 | broken at tensor a: Duplicate field 'a'",
                "{A}{} | 8 | goes on after its end",
                "{A | 8 | its header is broken",
                "[] | 8 | is no JSON object",
                "{\"x\\ny\":5} | 8 | tensor x y is not described by an object",
            })
    void aHeaderThatLiesIsRefusedInOneLine(String header, int bytes, String reason) throws IOException {
        refused(write(header.replace("A", A), bytes), reason);
    }

    /** A parser gives up at once, or reads 10 GB. */
    @Test
    void aHeaderOfAnyLengthIsRefused() throws IOException {
        var file = folder.resolve("x.safetensors");
        for (long length : new long[] {10_000_000_000L, -1, Long.MIN_VALUE, 0, 1}) {
            Files.write(
                    file,
                    ByteBuffer.allocate(100)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putLong(length)
                            .array());
            refused(file, "no safetensors file, or cut short");
        }
        try (var large = new RandomAccessFile(file.toFile(), "rw")) {
            large.setLength(10_000_001_000L); // without taking any room
            large.write(ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(10_000_000_000L)
                    .array());
        }
        refused(file, "its header has 10,000,000,000 bytes; at most 16,777,216 are read");
        Files.write(file, new byte[7]);
        refused(file, "it has 7 bytes");
        refused(write("{\"a\":".repeat(100_000), 0), "its header is broken at tensor a");
    }

    @Test
    void halvesBecomeTheFloatsOfTheSameValue() throws IOException {
        var file = write(
                "{\"h\":{\"dtype\":\"F16\",\"shape\":[7],\"data_offsets\":[0,14]},"
                        + "\"b\":{\"dtype\":\"BF16\",\"shape\":[2,2],\"data_offsets\":[14,22]},"
                        + "\"i\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[22,30]}}",
                ByteBuffer.allocate(30).order(ByteOrder.LITTLE_ENDIAN));
        var bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(bytes.limit() - 30);
        for (int half : new int[] {0x3c00, 0xc000, 0x0001, 0x8000, 0x7bff, 0x3555, 0x7c00}) {
            bytes.putShort((short) half);
        }
        for (int brain : new int[] {0x3f80, 0xc049, 0x0001, 0x7f7f}) {
            bytes.putShort((short) brain);
        }
        Files.write(file, bytes.array());
        var tensors = SafetensorsFile.open(file);
        assertThat(tensors.read("h")) // as NumPy converts them
                .containsExactly(1, -2, 0x1p-24f, -0f, 65504, 0.333251953125f, Float.POSITIVE_INFINITY);
        assertThat(tensors.read("b")).containsExactly(1, -3.140625f, 0x1p-133f, 0x1.fep127f);
        assertThatThrownBy(() -> tensors.read("i"))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("tensor i is of type I64: not a weight's");
    }

    /** Whatever is wrong with an index, nothing else happens than a refusal; its blocks have checksums. */
    @Test
    void anIndexWithAnyByteChangedIsRefused() throws IOException {
        copyOpenAis();
        var index = folder.resolve("model.ckpt-1000.index");
        byte[] whole = Files.readAllBytes(index);
        int footer = whole.length - 48;
        for (int at = 0; at < whole.length; at++) {
            byte[] changed = whole.clone();
            changed[at] ^= 1 + at % 255;
            Files.write(index, changed);
            if (at < footer || at >= whole.length - 8) {
                refusedCheckpoint("index of a checkpoint", "checkpoint's index");
            } else {
                opensOrIsRefused(); // its padding may be anything
            }
        }
        for (int length = 0; length < whole.length; length += 7) {
            Files.write(index, Arrays.copyOf(whole, length));
            refusedCheckpoint("index of a checkpoint", "checkpoint's index");
        }
    }

    @Test
    void aShardThatIsCutShortChangedOrGoneIsRefused() throws IOException {
        copyOpenAis();
        var shard = folder.resolve("model.ckpt-1000.data-00001-of-00002");
        byte[] whole = Files.readAllBytes(shard);
        byte[] changed = whole.clone();
        changed[whole.length - 1] ^= 1;
        Files.write(shard, changed);
        var tensors = TensorFlowCheckpoint.open(folder.resolve("model.ckpt-1000"));
        var last = "model/wte"; // its numbers end the file
        assertThatThrownBy(() -> tensors.read(last))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("tensor " + last + " is damaged: its checksum is another");
        Files.write(shard, Arrays.copyOf(whole, whole.length - 1));
        refusedCheckpoint("tensor " + last + " ends beyond the file: it is cut short");
        Files.delete(shard);
        refusedCheckpoint("is in file 1 of 2, which is not there");
    }

    private void copyOpenAis() throws IOException {
        FileSystemUtils.copyRecursively(Fixture.OPENAI, folder);
    }

    private void opensOrIsRefused() throws IOException {
        try {
            TensorFlowCheckpoint.open(folder.resolve("model.ckpt-1000"));
        } catch (UserException e) {
            assertThat(e.getMessage()).doesNotContain("\n");
        }
    }

    private void refusedCheckpoint(String... anyOf) {
        assertThatThrownBy(() -> TensorFlowCheckpoint.open(folder.resolve("model.ckpt-1000")))
                .isInstanceOf(UserException.class)
                .satisfies(e -> assertThat(anyOf).anyMatch(String.valueOf(e.getMessage())::contains));
    }

    private static void refused(Path file, String reason) {
        assertThatThrownBy(() -> SafetensorsFile.open(file))
                .isInstanceOf(UserException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(reason)
                .satisfies(
                        e -> assertThat(String.valueOf(e.getMessage()).lines()).hasSize(1));
    }

    private Path write(String header, int bytes) throws IOException {
        return write(header, ByteBuffer.allocate(bytes));
    }

    private Path write(String header, ByteBuffer data) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        var file = ByteBuffer.allocate(8 + json.length + data.capacity()).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(json.length).put(json).put(data);
        return Files.write(folder.resolve("x.safetensors"), file.array());
    }
}
