package igpt.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The folder {@code config/}: what a user edits. */
public final class ConfigFolder {
    private static final String ENDING = ".yml";
    private final Path root;

    public ConfigFolder(Path root) {
        this.root = root;
    }

    public List<String> models() {
        return names("models");
    }

    public List<String> presets() {
        return names("presets");
    }

    /** Those of a job. */
    public List<Preset> presetsOf(String job) {
        return presets().stream()
                .map(this::preset)
                .filter(preset -> preset.job().equals(job))
                .toList();
    }

    /** @throws UsageException if there is no such model or its file is wrong */
    public ModelSize model(String name) {
        var file = file("models", "model", name);
        var map = Yaml.flat(Yaml.read(file), file);
        var keys = List.of("layers", "width", "heads");
        Yaml.onlyKeys(map, keys, file);
        try {
            return new ModelSize(number(map, "layers"), number(map, "width"), number(map, "heads"));
        } catch (UsageException e) {
            throw new UsageException(file + ": " + e.getMessage(), e);
        }
    }

    /** @throws UsageException if there is no such preset or its file is wrong; its parameters are not yet checked */
    public Preset preset(String name) {
        var file = file("presets", "preset", name);
        var map = Yaml.read(file);
        Yaml.onlyKeys(map, List.of("job", "description", "parameters"), file);
        var job = map.get("job");
        if (!(job instanceof String jobName)) {
            throw new UsageException(file + ": job is missing");
        }
        return new Preset(
                name,
                jobName,
                String.valueOf(map.getOrDefault("description", "")),
                Yaml.flat(map.getOrDefault("parameters", Map.of()), file));
    }

    /** {@code application.yml} as flat names, {@code database.url}; empty if there is no such file. */
    public Map<String, String> application(List<String> allowed) {
        var file = root.resolve("application" + ENDING);
        if (!Files.exists(file)) {
            return Map.of();
        }
        var flat = new LinkedHashMap<String, String>();
        Yaml.read(file).forEach((section, values) -> Yaml.flat(values, file)
                .forEach((key, value) -> flat.put(section + "." + key, value)));
        Yaml.onlyKeys(flat, allowed, file);
        return flat;
    }

    private Path file(String folder, String what, String name) {
        var names = names(folder);
        if (!names.contains(name)) {
            throw new UsageException("unknown " + what + " '" + name + "'" + Nearest.hint(name, names));
        }
        return root.resolve(folder).resolve(name + ENDING);
    }

    private List<String> names(String folder) {
        var path = root.resolve(folder);
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (var files = Files.list(path)) {
            return files.map(f -> f.getFileName().toString())
                    .filter(n -> n.endsWith(ENDING))
                    .map(n -> n.substring(0, n.length() - ENDING.length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UsageException("cannot read " + path + ": " + e.getMessage(), e);
        }
    }

    private static int number(Map<String, String> map, String key) {
        var text = map.get(key);
        if (text == null) {
            throw new UsageException(key + " is missing");
        }
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new UsageException(key + " cannot be '" + text + "': it must be a whole number", e);
        }
    }
}
