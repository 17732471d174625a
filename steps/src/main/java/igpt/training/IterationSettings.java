package igpt.training;

import igpt.device.Device;
import igpt.device.MemoryNeeds;
import igpt.model.ModelConfig;
import igpt.model.Precision;

/**
 * How an iteration is computed.
 *
 * @param batch sequences
 * @param microBatch sequences at a time, as the user gave it; 0: as many as fit in memory
 * @param recompute whether the backward pass computes each block's activations again instead of keeping them
 */
public record IterationSettings(int batch, int microBatch, boolean recompute, Precision precision) {
    int largestMicroBatch(ModelConfig config, Device device) {
        return MemoryNeeds.microBatch(config, batch, recompute, precision, device);
    }

    /** @throws igpt.schema.UserException if it does not fit in memory */
    void check(ModelConfig config, int microBatch, Device device) {
        MemoryNeeds.check(config, microBatch, recompute, precision, device);
    }
}
