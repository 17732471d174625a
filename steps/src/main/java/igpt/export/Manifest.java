package igpt.export;

import igpt.schema.file.Checksums;
import igpt.schema.file.CorruptFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The checksum of each file of an export, as {@code sha256sum -c} reads them. */
final class Manifest {
    static final String NAME = "manifest.sha256";

    private Manifest() {}

    /** Of all files that are in the folder; to be written last. */
    static void write(Path folder) throws IOException {
        var manifest = new StringBuilder();
        for (var name : names(folder)) {
            manifest.append(Checksums.sha256(folder.resolve(name)))
                    .append("  ")
                    .append(name)
                    .append('\n');
        }
        Files.writeString(folder.resolve(NAME), manifest);
    }

    /** The files that a folder holds besides its manifest, sorted. */
    static List<String> names(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> !name.equals(NAME))
                    .sorted()
                    .toList();
        }
    }

    /** Whether a folder has a manifest that lists all of its files: nothing in it is anybody else's. */
    static boolean isOfAll(Path folder) throws IOException {
        return Files.isRegularFile(folder.resolve(NAME))
                && listed(folder).stream().map(Line::name).toList().containsAll(names(folder));
    }

    /**
     * Checks every file.
     *
     * @return their names
     * @throws CorruptFileException if one is missing or not what was written
     */
    static List<String> verify(Path folder) throws IOException {
        var names = new ArrayList<String>();
        for (var line : listed(folder)) {
            var file = folder.resolve(line.name());
            if (!Checksums.matches(file, line.sha256())) {
                throw DamagedExport.of(
                        file, Files.exists(file) ? "its bytes are not those that were written" : "it is missing");
            }
            names.add(line.name());
        }
        return names;
    }

    private record Line(String sha256, String name) {}

    private static List<Line> listed(Path folder) throws IOException {
        var file = folder.resolve(NAME);
        if (!Files.isRegularFile(file)) {
            throw DamagedExport.of(file, "it is missing");
        }
        var lines = new ArrayList<Line>();
        for (var line : Files.readAllLines(file)) {
            var parts = line.split(" {2}", 2);
            if (parts.length != 2
                    || !parts[1].equals(String.valueOf(Path.of(parts[1]).getFileName()))) {
                throw DamagedExport.of(file, "it is no list of checksums");
            }
            lines.add(new Line(parts[0], parts[1]));
        }
        return lines;
    }
}
