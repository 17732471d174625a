package igpt.weights;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Tensors in several files, with an index in JSON that says which is where. */
final class ShardedSafetensors implements TensorFile {
    private final Path index;
    private final Map<String, TensorInfo> tensors = new TreeMap<>();
    private final Map<String, SafetensorsFile> files = new TreeMap<>(); // by tensor
    private final List<Path> paths = new ArrayList<>();

    private ShardedSafetensors(Path index) {
        this.index = index;
        paths.add(index);
    }

    /** @param index {@code model.safetensors.index.json} */
    static ShardedSafetensors open(Path index) throws IOException {
        var sharded = new ShardedSafetensors(index);
        var map = Json.read(index).path("weight_map");
        var names = new TreeMap<String, List<String>>(); // tensors by file
        for (var entry : map.properties()) {
            names.computeIfAbsent(entry.getValue().asText(), file -> new ArrayList<>())
                    .add(entry.getKey());
        }
        if (names.isEmpty()) {
            throw Refusal.of(index, "it has no weight_map");
        }
        for (var file : names.entrySet()) {
            sharded.add(file.getKey(), file.getValue());
        }
        return sharded;
    }

    private void add(String name, List<String> expected) throws IOException {
        if (!name.matches("[\\w.-]+\\.safetensors")) { // in this folder, and nowhere else
            throw Refusal.of(index, expected.get(0), "is said to be in " + Refusal.line(name));
        }
        var path = index.resolveSibling(name);
        if (!Files.isRegularFile(path)) {
            throw Refusal.of(index, expected.get(0), "is in %s, which is not there".formatted(name));
        }
        var file = SafetensorsFile.open(path);
        paths.add(path);
        for (var tensor : expected) {
            if (!file.tensors().containsKey(tensor)) {
                throw Refusal.of(path, tensor, "is missing");
            }
        }
        for (var tensor : file.tensors().entrySet()) {
            if (files.put(tensor.getKey(), file) != null) {
                throw Refusal.of(path, tensor.getKey(), "is in another file, too");
            }
            tensors.put(tensor.getKey(), tensor.getValue());
        }
    }

    @Override
    public Path path() {
        return index;
    }

    @Override
    public List<Path> files() {
        return paths;
    }

    @Override
    public Map<String, TensorInfo> tensors() {
        return tensors;
    }

    @Override
    public float[] read(String name) throws IOException {
        var file = files.get(name);
        if (file == null) {
            throw Refusal.of(index, name, "is missing");
        }
        return file.read(name);
    }
}
