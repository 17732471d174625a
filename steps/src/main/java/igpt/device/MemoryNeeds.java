package igpt.device;

import igpt.model.ModelConfig;
import igpt.model.Precision;
import igpt.model.Weights;
import igpt.schema.Counts;
import igpt.schema.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a training keeps in memory, in bytes. Said before the first iteration, because afterwards the system's answer
 * is to kill the process.
 *
 * @param weights the weights, Adam's two moments and the gradients
 * @param activations what the backward pass needs of one batch
 */
public record MemoryNeeds(long weights, long activations) {
    public static final long GIB = 1L << 30;

    private static final long FLOAT = 4;

    /** Floats a position and block keep as multiples of the width: both residuals, and what attention mixed. */
    private static final long KEPT = 2 + 1;

    /** The same of products, in their own precision: q, k, v and the MLP's four. */
    private static final long KEPT_PRODUCTS = 3 + 4;

    /** The same of what one block's gradient makes on its way, apart from attention's scores: as XLA lays it out. */
    private static final long PASSING = 20;

    /**
     * Of the CPU, as it was when the first training asked: what that leaves the process has for the next one, though the
     * system counts it as taken.
     */
    private static final long AVAILABLE = readAvailable();

    /**
     * What one device needs.
     *
     * @param batch its sequences at a time
     * @param recompute whether each block is computed again in the backward pass
     */
    public static MemoryNeeds ofTraining(ModelConfig config, int batch, boolean recompute, Precision precision) {
        long positions = (long) batch * config.positions();
        long residual = positions * config.width();
        long scores = positions * config.heads() * config.positions() / (config.causal() ? 2 : 1); // half is masked
        long block = KEPT * residual + KEPT_PRODUCTS * residual / (precision == Precision.BFLOAT16 ? 2 : 1);
        long blocks = recompute ? config.layers() * residual + block : config.layers() * block;
        long passing = Math.max(PASSING * residual + 2 * scores, 3 * positions * config.colours()); // or the logits
        return new MemoryNeeds(4 * FLOAT * Weights.count(config), FLOAT * (blocks + passing));
    }

    /** The largest part of the batch, shared evenly, that the device's free memory holds; the least if not even that. */
    public static int microBatch(ModelConfig config, int batch, boolean recompute, Precision precision, Device device) {
        long available = available(device);
        int replicas = device.replicas();
        for (int part = batch; part > replicas; part--) {
            boolean even = batch % part == 0 && part % replicas == 0;
            if (even
                    && ofTraining(config, part / replicas, recompute, precision).total() <= available) {
                return part;
            }
        }
        return batch % replicas == 0 ? replicas : batch;
    }

    public long total() {
        return weights + activations;
    }

    /**
     * @param batch sequences at a time, of all replicas
     * @throws UserException if the device's replicas cannot share it, or if it has not so much memory left
     */
    public static void check(ModelConfig config, int batch, boolean recompute, Precision precision, Device device) {
        if (batch % device.replicas() != 0) {
            throw new UserException(
                    "%s at a time cannot be shared among %s: give multiples of %d as batch and micro_batch"
                            .formatted(Counts.of(batch, "image"), device.name(), device.replicas()));
        }
        ofTraining(config, batch / device.replicas(), recompute, precision).check(available(device));
    }

    /**
     * Keys and values of all positions are kept, in float32.
     *
     * @param sequences drawn at a time
     * @throws UserException if they do not fit into memory
     */
    public static void checkDrawing(ModelConfig config, int sequences, Device device) {
        long kept = 2 * FLOAT * config.layers() * config.width() * config.positions() * sequences;
        long available = device.replicas() * available(device);
        if (kept + FLOAT * Weights.count(config) > available) {
            throw new UserException(
                    "drawing %d images at a time keeps %s of keys and values, and %s are free: give a smaller sample_batch, 16 at the least"
                            .formatted(sequences, gib(kept), gib(available)));
        }
    }

    void check(long available) {
        if (total() > available) {
            throw new UserException(
                    "the model needs about %s of memory (weights, moments and gradients %s, activations %s) and %s are free; give a smaller model, or recompute=true"
                            .formatted(gib(total()), gib(weights), gib(activations), gib(available)));
        }
    }

    private static String gib(long bytes) {
        return "%.1f GiB".formatted(bytes / (double) GIB);
    }

    /** Of the GPU with the least; a tenth stays with its allocator, whose blocks do not fit without gaps. */
    public static long available(Device device) {
        return device.gpus().stream()
                .mapToLong(Gpu::free)
                .map(free -> free - free / 10)
                .min()
                .orElse(AVAILABLE);
    }

    /** Bytes that can be had without swapping; a lot where the system does not tell. */
    private static long readAvailable() {
        try {
            var lines = Files.readAllLines(Path.of("/proc/meminfo"));
            return lines.stream()
                    .filter(line -> line.startsWith("MemAvailable:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElse(Long.MAX_VALUE);
        } catch (IOException e) {
            return Long.MAX_VALUE;
        }
    }
}
