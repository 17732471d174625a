package igpt.device;

import igpt.schema.file.AtomicFiles;
import igpt.schema.file.Checksums;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * CUDA's library of mathematical functions, LLVM bitcode that XLA links into what it compiles (exp, log, rsqrt …). It
 * comes with CUDA's compiler, which is on Maven nowhere; but the run-time compiler, which is, holds it whole.
 */
final class Libdevice {
    // Of cuda.version in pom.xml: a bitcode file from its magic number to the end of its module.
    private static final String LIBRARY = "lib/libnvrtc.so.12";
    private static final long AT = 43_600_960;
    private static final int SIZE = 475_704;
    private static final String SHA256 = "34a654bc8b480151970e589a8dc12c93ae4a5401fe259784c95320d3ea44be38";

    private Libdevice() {}

    /** Puts it where XLA looks for it, unless it is there. XLA looks elsewhere too, so nothing fails here. */
    static void provide(Path folder) throws IOException {
        var library = folder.resolve(LIBRARY);
        var wanted = folder.resolve("nvvm/libdevice/libdevice.10.bc");
        if (Files.exists(wanted) || !Files.exists(library)) {
            return;
        }
        byte[] bitcode = new byte[SIZE];
        try (var file = new RandomAccessFile(library.toFile(), "r")) {
            file.seek(AT);
            file.readFully(bitcode);
        }
        var digest = Checksums.newSha256();
        digest.update(bitcode);
        if (!Checksums.hex(digest).equals(SHA256)) {
            throw new IOException(library + " is not the version that libdevice is known of");
        }
        AtomicFiles.write(wanted, temporary -> Files.write(temporary, bitcode));
    }
}
