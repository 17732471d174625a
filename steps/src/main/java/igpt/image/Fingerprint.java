package igpt.image;

import igpt.schema.UserException;
import igpt.schema.file.Checksums;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.List;

/** SHA-256 over what a source depends on, without reading the pixels. */
public final class Fingerprint {
    private final MessageDigest digest = Checksums.newSha256();

    /** @param format what reads the source; its number changes when the same files would give other pixels */
    public Fingerprint(String format) {
        add(format);
    }

    public void add(String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }

    /** A file's name, size and time of last change. */
    public void add(String name, Path file) {
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            add(name);
            add(attributes.size() + " " + attributes.lastModifiedTime().toMillis());
        } catch (IOException e) {
            throw new UserException("data: cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** An archive, or those files of a folder that are there. */
    public void add(Path folderOrArchive, List<String> names) {
        if (Files.isRegularFile(folderOrArchive)) {
            add("", folderOrArchive);
            return;
        }
        for (var name : names) {
            if (Files.exists(folderOrArchive.resolve(name))) {
                add(name, folderOrArchive.resolve(name));
            }
        }
    }

    public String sha256() {
        return Checksums.hex(digest);
    }
}
