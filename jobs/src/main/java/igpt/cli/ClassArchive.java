package igpt.cli;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The class data that Java maps at its start instead of reading it from the jars again. A static archive: picocli's
 * classes are too old for a dynamic one.
 */
final class ClassArchive {
    private ClassArchive() {}

    /** One that cannot be made is left empty, so that it is tried again only with other jars. */
    static void make(Path archive, Path home) throws IOException, InterruptedException {
        var classes = Files.createTempFile(archive.toAbsolutePath().getParent(), "igpt.classes.", "");
        var made = classes.resolveSibling(classes.getFileName() + ".jsa");
        try {
            var jar = System.getProperty("java.class.path", "");
            java("-Digpt.home=" + home, "-XX:DumpLoadedClassList=" + classes, "-jar", jar, "prime");
            java(
                    "-XX:ErrorFile=/dev/null",
                    "-Xshare:dump",
                    "-XX:SharedClassListFile=" + classes,
                    "-XX:SharedArchiveFile=" + made,
                    "-cp",
                    jar);
            if (!Files.exists(made)) {
                Files.createFile(made);
            }
            Files.move(made, archive, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(classes);
        }
    }

    private static void java(String... arguments) throws IOException, InterruptedException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = new ArrayList<>(List.of(java, "-XX:+UseSerialGC", "-Dsun.misc.unsafe.memory.access=allow"));
        command.addAll(List.of(arguments));
        new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
