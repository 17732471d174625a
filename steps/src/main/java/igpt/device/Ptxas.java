package igpt.device;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;
import igpt.schema.file.AtomicFiles;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * CUDA's assembler as XLA calls it, a program of its own: {@code ptxas IN -o OUT -arch=sm_90a …}. CUDA's comes with its
 * compiler, which is on Maven nowhere, and XLA's way around it, through the driver, ends in an error in TensorFlow 2.18.
 * The linker's library, which is on Maven, holds the same assembler.
 */
final class Ptxas {
    private static final String LIBRARY = "lib/libnvJitLink.so.12";
    private static final String VERSION = "_12_6"; // of nvJitLink.h, whose functions bear it: cuda.version in pom.xml
    private static final int PTX = 2; // NVJITLINK_INPUT_PTX

    private final NativeLibrary library;

    private Ptxas(NativeLibrary library) {
        this.library = library;
    }

    /** Puts a script where XLA looks first, {@code FOLDER/bin/ptxas}, that runs this class on this Java. */
    static void provide(Path folder) throws IOException {
        var library = folder.resolve(LIBRARY);
        if (!Files.exists(library)) {
            return;
        }
        var classes = place(Ptxas.class) + File.pathSeparator + place(Native.class);
        var script =
                """
                #!/bin/sh
                exec %s --enable-native-access=ALL-UNNAMED -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp %s %s %s "$@"
                """
                        .formatted(
                                quoted(System.getProperty("java.home") + "/bin/java"),
                                quoted(classes),
                                Ptxas.class.getName(),
                                quoted(library.toString()));
        var wanted = folder.resolve("bin/ptxas");
        if (Files.exists(wanted) && Files.readString(wanted).equals(script)) {
            return;
        }
        AtomicFiles.write(wanted, temporary -> {
            Files.writeString(temporary, script);
            Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
        });
    }

    private static String place(Class<?> type) {
        var source = Objects.requireNonNull(type.getProtectionDomain().getCodeSource());
        return Path.of(URI.create(source.getLocation().toString())).toString();
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    /** @param arguments the library, then XLA's: {@code --version}, or a file, {@code -o} another, and options */
    public static void main(String[] arguments) throws IOException {
        var ptxas = new Ptxas(NativeLibrary.getInstance(arguments[0]));
        var given = Arrays.asList(arguments).subList(1, arguments.length);
        if (given.equals(List.of("--version"))) {
            System.out.println(ptxas.version());
            return;
        }
        int out = given.indexOf("-o");
        byte[] ptx = Files.readAllBytes(Path.of(given.get(0)));
        var target = given.stream()
                .filter(option -> option.startsWith("-arch="))
                .findFirst()
                .orElseThrow();
        Files.write(Path.of(given.get(out + 1)), ptxas.assemble(ptx, target));
    }

    /** In the words that XLA reads it from. */
    private String version() {
        var major = new IntByReference();
        var minor = new IntByReference();
        check(library.getFunction("nvJitLinkVersion").invokeInt(new Object[] {major, minor}), "nvJitLinkVersion");
        return "Cuda compilation tools, release %d.%d, V%1$d.%2$d.0".formatted(major.getValue(), minor.getValue());
    }

    /** @param target {@code -arch=sm_90a} */
    private byte[] assemble(byte[] ptx, String target) {
        var opened = new PointerByReference();
        check(invoke("nvJitLinkCreate", opened, 1, new String[] {target}), "nvJitLinkCreate " + target);
        var link = opened.getValue();
        try {
            byte[] text = Arrays.copyOf(ptx, ptx.length + 1); // ends in a zero
            int status = invoke("nvJitLinkAddData", link, PTX, text, (long) text.length, "xla.ptx");
            if (status == 0) {
                status = invoke("nvJitLinkComplete", link);
            }
            if (status != 0) {
                throw new IllegalStateException(log(link));
            }
            var size = new LongByReference();
            check(invoke("nvJitLinkGetLinkedCubinSize", link, size), "nvJitLinkGetLinkedCubinSize");
            byte[] cubin = new byte[Math.toIntExact(size.getValue())];
            check(invoke("nvJitLinkGetLinkedCubin", link, cubin), "nvJitLinkGetLinkedCubin");
            return cubin;
        } finally {
            invoke("nvJitLinkDestroy", opened);
        }
    }

    private String log(Pointer link) {
        var size = new LongByReference();
        check(invoke("nvJitLinkGetErrorLogSize", link, size), "nvJitLinkGetErrorLogSize");
        byte[] log = new byte[Math.toIntExact(size.getValue())];
        check(invoke("nvJitLinkGetErrorLog", link, log), "nvJitLinkGetErrorLog");
        return new String(log, StandardCharsets.UTF_8).replace("\0", "").strip();
    }

    private int invoke(String function, Object... arguments) {
        return library.getFunction("__" + function + VERSION).invokeInt(arguments);
    }

    private static void check(int status, String what) {
        if (status != 0) {
            throw new IllegalStateException(what + " failed with " + status);
        }
    }
}
