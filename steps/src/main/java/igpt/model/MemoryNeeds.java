package igpt.model;

import igpt.schema.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a training keeps in memory, in bytes. Said before the first iteration, because afterwards the system's answer
 * is to kill the process.
 *
 * @param weights the weights, Adam's two moments and the gradients
 * @param activations what the backward pass needs of one batch
 */
public record MemoryNeeds(long weights, long activations) {
    private static final long FLOAT = 4;

    /** Floats a position and layer keep as multiples of the width: two norms in and out, q, k, v, the attention's
     * result, both residuals, and three times the MLP's four. */
    private static final long PER_LAYER = 4 + 3 + 1 + 2 + 3 * 4;

    /**
     * What one device needs.
     *
     * @param batch its sequences at a time
     * @param recompute whether each block is computed anew in the backward pass
     */
    public static MemoryNeeds ofTraining(ModelConfig config, int batch, boolean recompute) {
        long positions = (long) batch * config.positions();
        long perLayer = positions * config.width() * PER_LAYER;
        long scores = positions * config.heads() * config.positions() * (config.causal() ? 1 : 2); // half is masked
        long logits = 3 * positions * config.colours();
        long blocks = recompute
                ? config.layers() * positions * config.width() + perLayer + scores // a residual each, and one block
                : config.layers() * (perLayer + scores);
        return new MemoryNeeds(4 * FLOAT * Weights.count(config), FLOAT * (blocks + logits));
    }

    /** The largest part of the batch, shared evenly, that the device's free memory holds; the least if not even that. */
    public static int microBatch(ModelConfig config, int batch, boolean recompute, Device device) {
        long available = available(device);
        int replicas = device.replicas();
        for (int part = batch; part > replicas; part--) {
            boolean even = batch % part == 0 && part % replicas == 0;
            if (even && ofTraining(config, part / replicas, recompute).total() <= available) {
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
    public static void check(ModelConfig config, int batch, boolean recompute, Device device) {
        if (batch % device.replicas() != 0) {
            throw new UserException(
                    "%d images at a time cannot be shared among %s: give multiples of %d as batch and micro_batch"
                            .formatted(batch, device.name(), device.replicas()));
        }
        ofTraining(config, batch / device.replicas(), recompute).check(available(device));
    }

    void check(long available) {
        if (total() > available) {
            throw new UserException(
                    "the model needs about %s of memory (weights, moments and gradients %s, activations %s) and %s are free; give a smaller model, or recompute=true"
                            .formatted(gib(total()), gib(weights), gib(activations), gib(available)));
        }
    }

    private static String gib(long bytes) {
        return "%.1f GiB".formatted(bytes / (double) (1L << 30));
    }

    /** Of the GPU with the least; a tenth stays with its allocator, whose blocks do not fit without gaps. */
    private static long available(Device device) {
        return device.gpus().stream()
                .mapToLong(Gpu::free)
                .map(free -> free - free / 10)
                .min()
                .orElseGet(MemoryNeeds::available);
    }

    /** Bytes that can be had without swapping; a lot where the system does not tell. */
    private static long available() {
        try {
            List<String> lines = Files.readAllLines(Path.of("/proc/meminfo"));
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
