package igpt.weights;

import java.util.List;
import java.util.SortedMap;
import java.util.function.Predicate;

/** Which tensors a file must have. */
final class ExpectedTensors {
    private ExpectedTensors() {}

    /** @throws igpt.schema.UserException naming the first tensor that is missing, misshapen or too many */
    static void check(TensorFile file, SortedMap<String, TensorInfo> expected, Predicate<String> ignored) {
        expected.forEach((name, tensor) -> {
            var shape = shape(file, name);
            if (!shape.equals(tensor.shape())) {
                throw Refusal.of(
                        file.path(),
                        name,
                        "has the shape %s; in an Image GPT of this size it is %s"
                                .formatted(Refusal.line("" + shape), tensor.shape()));
            }
        });
        for (var name : file.tensors().keySet()) {
            if (!expected.containsKey(name) && !ignored.test(name)) {
                throw Refusal.of(file.path(), name, "is not one of an Image GPT");
            }
        }
    }

    private static List<Long> shape(TensorFile file, String name) {
        var info = file.tensors().get(name);
        if (info == null) {
            throw Refusal.of(file.path(), name, "is missing: this is no Image GPT, or not all of one");
        }
        return info.shape();
    }

    /**
     * How long an axis of a tensor is.
     *
     * @throws igpt.schema.UserException if it is not there, or has not so many axes
     */
    static int axis(TensorFile file, String name, int axes, int axis) {
        var shape = shape(file, name);
        if (shape.size() != axes || shape.get(axis) > 1 << 24) {
            throw Refusal.of(
                    file.path(), name, "has the shape %s, not %d axes".formatted(Refusal.line("" + shape), axes));
        }
        return shape.get(axis).intValue();
    }
}
