package igpt.training;

import igpt.device.Device;
import igpt.device.MemoryNeeds;
import igpt.model.ModelConfig;
import igpt.model.Precision;

/**
 * How an iteration is computed.
 *
 * @param batch sequences
 * @param microBatch so many of them at a time, as given; 0: as many as the memory holds
 * @param recompute whether the backward pass computes each block again
 */
public record IterationSettings(int batch, int microBatch, boolean recompute, Precision precision) {
    int largestMicroBatch(ModelConfig config, Device device) {
        return MemoryNeeds.microBatch(config, batch, recompute, precision, device);
    }

    /** @throws igpt.schema.UserException if the memory does not hold it */
    void check(ModelConfig config, int microBatch, Device device) {
        MemoryNeeds.check(config, microBatch, recompute, precision, device);
    }
}
