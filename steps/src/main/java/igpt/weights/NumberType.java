package igpt.weights;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.ndarray.buffer.FloatDataBuffer;
import org.tensorflow.ndarray.buffer.layout.DataLayouts;

/** How a weight is kept in a file, under safetensors' names. Each becomes the float of the same value. */
enum NumberType {
    F32(4) {
        @Override
        float[] decode(ByteBuffer bytes) {
            var values = new float[bytes.remaining() / 4];
            bytes.asFloatBuffer().get(values);
            return values;
        }
    },
    F16(2) {
        @Override
        float[] decode(ByteBuffer bytes) {
            return copy(DataLayouts.FLOAT16.applyTo(DataBuffers.of(bytes.asShortBuffer())));
        }
    },
    BF16(2) {
        @Override
        float[] decode(ByteBuffer bytes) {
            return copy(DataLayouts.BFLOAT16.applyTo(DataBuffers.of(bytes.asShortBuffer())));
        }
    };

    final int bytes;

    NumberType(int bytes) {
        this.bytes = bytes;
    }

    /** @param bytes little-endian */
    abstract float[] decode(ByteBuffer bytes);

    static Optional<NumberType> of(String name) {
        return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
    }

    private static float[] copy(FloatDataBuffer from) {
        var values = new float[Math.toIntExact(from.size())];
        from.read(values);
        return values;
    }
}
