package igpt.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/** A YAML file as nested maps of text. Scalars stay as typed, so {@code 010} is not eight and {@code no} not false. */
final class Yaml {
    private Yaml() {}

    static Map<String, Object> read(Path file) {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        var dumper = new DumperOptions();
        var asTyped = new Resolver() {
            @Override
            protected void addImplicitResolvers() {}
        };
        var yaml = new org.yaml.snakeyaml.Yaml(
                new SafeConstructor(options), new Representer(dumper), dumper, options, asTyped);
        try (var reader = Files.newBufferedReader(file)) {
            Object root = yaml.load(reader);
            if (root == null) return Map.of();
            return map(root, file);
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
            throw new UsageException(file + ", line " + line + ": " + e.getProblem(), e);
        } catch (IOException e) {
            throw new UsageException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    static Map<String, Object> map(Object node, Path file) {
        if (!(node instanceof Map<?, ?> map)) {
            throw new UsageException(file + ": expected lines of 'name: value', found '" + node + "'");
        }
        var typed = new LinkedHashMap<String, Object>();
        map.forEach((k, v) -> typed.put(String.valueOf(k), v == null ? "" : v));
        return typed;
    }

    static Map<String, String> flat(Object node, Path file) {
        var flat = new LinkedHashMap<String, String>();
        map(node, file).forEach((k, v) -> {
            if (!(v instanceof String text)) throw new UsageException(file + ": " + k + " must be one value");
            flat.put(k, text);
        });
        return flat;
    }

    static void onlyKeys(Map<String, ?> map, List<String> allowed, Path file) {
        for (var key : map.keySet()) {
            if (!allowed.contains(key)) {
                throw new UsageException(file + ": unknown key '" + key + "'" + Nearest.hint(key, allowed));
            }
        }
    }
}
