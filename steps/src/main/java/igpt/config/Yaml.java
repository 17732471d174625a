package igpt.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/** A YAML file as nested maps of text. Scalars stay as typed, so {@code 010} is not eight and {@code no} not false. */
final class Yaml {
    private static final long LARGEST = 1 << 20;
    private static final int DEEPEST = 20;

    private Yaml() {}

    static Map<String, Object> read(Path file) {
        var text = text(file);
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setMaxAliasesForCollections(0); // of which a few lines would make billions
        options.setNestingDepthLimit(DEEPEST);
        var dumper = new DumperOptions();
        var asTyped = new Resolver() {
            @Override
            protected void addImplicitResolvers() {}
        };
        var yaml = new org.yaml.snakeyaml.Yaml(
                new SafeConstructor(options), new Representer(dumper), dumper, options, asTyped);
        try {
            var root = yaml.load(text);
            if (root == null) {
                return Map.of();
            }
            return map(root, file);
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
            throw new UsageException(file + ", line " + line + ": " + firstLine(e.getProblem()), e);
        } catch (ReaderException e) {
            int line = (int) text.substring(0, Math.min(e.getPosition(), text.length()))
                    .lines()
                    .count();
            throw new UsageException(
                    "%s, line %d: a character that YAML does not have (U+%04X)".formatted(file, line, e.getCodePoint()),
                    e);
        } catch (YAMLException | IllegalArgumentException | ClassCastException e) {
            throw new UsageException(file + ": " + firstLine(String.valueOf(e.getMessage())), e);
        }
    }

    /** What it holds, which is text of a size that somebody may have written. */
    private static String text(Path file) {
        try {
            if (!Files.isRegularFile(file)) {
                throw new UsageException("cannot read " + file + ": it is no file");
            }
            if (Files.size(file) > LARGEST) {
                throw new UsageException(
                        "%s is no file of settings: it has %d KB".formatted(file, Files.size(file) / 1024));
            }
            var text = Files.readString(file);
            return text.startsWith("\ufeff") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new UsageException(file + " is not in UTF-8: save it as such", e);
        } catch (IOException e) {
            throw new UsageException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }

    static Map<String, Object> map(Object node, Path file) {
        if (!(node instanceof Map<?, ?> map)) {
            var found = node instanceof String text ? "'" + text + "'" : "a list or the like";
            throw new UsageException(file + ": expected lines of 'name: value', found " + found);
        }
        var typed = new LinkedHashMap<String, Object>();
        map.forEach((k, v) -> typed.put(String.valueOf(k), v == null ? "" : v));
        return typed;
    }

    static Map<String, String> flat(Object node, Path file) {
        var flat = new LinkedHashMap<String, String>();
        map(node, file).forEach((k, v) -> {
            if (!(v instanceof String text)) {
                throw new UsageException(file + ": " + k + " must be one value");
            }
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
