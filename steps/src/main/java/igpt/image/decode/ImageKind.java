package igpt.image.decode;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import igpt.image.folder.Photographs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a picture's file is, told by its first bytes, whatever it is called. For listing a folder:
 *
 * <ul>
 *   <li>{@link #of(Path)} of a regular file: its kind, or null where the content is no picture's. Never ask of a pipe: it
 *       would be waited for.
 *   <li>{@link #named} where that is null (an empty file, a page saved as {@code x.jpg}) or the file is not to be opened:
 *       what its name says it is. Such a file is listed all the same, so that its picture is missed: reading it says what is
 *       wrong.
 *   <li>{@link #isRead()}: whether {@link Photographs} can decode it. If not, it is left out, counted by {@link #toString()}.
 * </ul>
 */
public enum ImageKind {
    JPEG(true, "JPEG", "jpg", "jpeg", "jpe", "jfif"),
    PNG(true, "PNG", "png", "apng"),
    GIF(true, "GIF", "gif"),
    BMP(true, "BMP", "bmp", "dib"),
    TIFF(true, "TIFF", "tif", "tiff"),
    WEBP(true, "WebP", "webp"),
    PNM(true, "PNM", "pbm", "pgm", "ppm", "pnm", "pam"),
    HEIC(false, "HEIC", "heic", "heif", "hif"),
    AVIF(false, "AVIF", "avif"),
    JXL(false, "JPEG XL", "jxl"),
    JPEG_2000(false, "JPEG 2000", "jp2", "j2k", "jpx"),
    PSD(false, "Photoshop", "psd", "psb"),
    XCF(false, "GIMP", "xcf"),
    SVG(false, "SVG", "svg", "svgz"),
    ICO(false, "icon", "ico"),
    EXR(false, "OpenEXR", "exr"),
    HDR(false, "Radiance HDR", "hdr"),
    DDS(false, "DDS", "dds"),
    QOI(false, "QOI", "qoi"),
    /** A camera's own. Most begin as a TIFF does, which would be their thumbnail: the name tells them apart. */
    RAW(
            false,
            "camera raw",
            "cr2",
            "cr3",
            "nef",
            "nrw",
            "arw",
            "sr2",
            "srf",
            "dng",
            "orf",
            "rw2",
            "raf",
            "pef",
            "srw",
            "3fr",
            "iiq",
            "rwl",
            "kdc",
            "mrw",
            "erf");

    /** So many bytes tell. */
    static final int HEAD = 256;

    /** Size of a BMP's second header, after one of 14 bytes: two letters alone begin many a text. */
    private static final List<Integer> BMP_HEADERS = List.of(12, 16, 40, 52, 56, 64, 108, 124);

    private static final List<ImageKind> ALL = List.of(values());

    private final boolean read;
    private final String label;
    private final List<String> endings;

    ImageKind(boolean read, String label, String... endings) {
        this.read = read;
        this.label = label;
        this.endings = List.of(endings);
    }

    /** Whether such files are decoded. */
    public boolean isRead() {
        return read;
    }

    /** As a person calls it: {@code WebP}. */
    @Override
    public String toString() {
        return label;
    }

    /**
     * By content, except that a camera's raw file is told from a TIFF by its name.
     *
     * @param file a regular file
     * @return null if it is no picture known here
     */
    public static @Nullable ImageKind of(Path file) throws IOException {
        byte[] head;
        try (var in = Files.newInputStream(file)) {
            head = in.readNBytes(HEAD);
        }
        return of(head, file.toString());
    }

    /**
     * @param file all of it, or its first {@link #HEAD} bytes
     * @param name of the file
     */
    public static @Nullable ImageKind of(byte[] file, String name) {
        var kind = of(file);
        return kind == TIFF && named(name) == RAW ? RAW : kind;
    }

    /** What a file calls itself by its ending, whatever is in it. */
    public static @Nullable ImageKind named(String name) {
        var ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return ending.length() == name.length()
                ? null
                : ALL.stream()
                        .filter(kind -> kind.endings.contains(ending))
                        .findFirst()
                        .orElse(null);
    }

    private static @Nullable ImageKind of(byte[] file) {
        var head = new String(file, 0, Math.min(file.length, HEAD), ISO_8859_1);
        if (JpegHeader.isJpeg(file)) {
            return JPEG;
        } else if (head.startsWith("\u0089PNG")) {
            return PNG;
        } else if (head.startsWith("GIF87a") || head.startsWith("GIF89a")) {
            return GIF;
        } else if (head.startsWith("BM") && BMP_HEADERS.contains(littleEndian(head, 14))) {
            return BMP;
        } else if (head.startsWith("RIFF") && head.startsWith("WEBP", 8)) {
            return WEBP;
        } else if (head.startsWith("ftyp", 4)) {
            return ofBox(head);
        }
        return ofTiff(head) != null ? ofTiff(head) : ofRarer(head);
    }

    private static @Nullable ImageKind ofTiff(String head) {
        if (head.matches("(?s)II\\*\0.{4}CR.*|II[RU].\\x08?.*|FUJIFILMCCD-RAW.*|\0MRM.*")) {
            return RAW;
        }
        return head.matches("(?s)(II[*+]\0|MM\0[*+]).*") ? TIFF : null;
    }

    /** MPEG's container: a picture, a camera's raw file, or a film. */
    private static @Nullable ImageKind ofBox(String head) {
        int end = Math.min(head.length(), Math.max(12, (head.charAt(2) << 8) + head.charAt(3)));
        var brands = head.substring(Math.min(8, end), end); // the main one, its version, those compatible
        if (brands.startsWith("avi") || brands.startsWith("mif1") && brands.contains("avif")) {
            return AVIF;
        }
        if (brands.startsWith("crx")) {
            return RAW;
        }
        return brands.matches("(?s)(hei[cxms]|hev[cxms]|mif1|msf1).*") ? HEIC : null;
    }

    private static @Nullable ImageKind ofRarer(String head) {
        if (head.matches("(?s)(P[1-6](\\s|#)+[\\d#]|P7\\n).*")) {
            return PNM;
        } else if (head.startsWith("\0\0\0\fJXL \r\n") || head.startsWith("\u00ff\n")) {
            return JXL;
        } else if (head.startsWith("\0\0\0\fjP  \r\n") || head.startsWith("\u00ffO\u00ffQ")) {
            return JPEG_2000;
        } else if (head.startsWith("8BPS\0")) {
            return PSD;
        } else if (head.startsWith("gimp xcf")) {
            return XCF;
        } else if (head.matches("(?s)(\u00ef\u00bb\u00bf)?\\s*(<svg\\b|<!DOCTYPE svg\\b|<(\\?xml|!--).*<svg\\b).*")) {
            return SVG;
        } else if (head.matches("(?s)\0\0\\x01\0[\\x01-\\xff]\0.{3}\0.*")) {
            return ICO;
        } else if (head.startsWith("v/1\u0001")) {
            return EXR;
        } else if (head.startsWith("#?RADIANCE") || head.startsWith("#?RGBE")) {
            return HDR;
        } else if (head.startsWith("DDS |\0")) {
            return DDS;
        }
        return head.startsWith("qoif\0") ? QOI : null;
    }

    private static int littleEndian(String head, int at) {
        return head.length() < at + 4
                ? 0
                : head.charAt(at) | head.charAt(at + 1) << 8 | head.charAt(at + 2) << 16 | head.charAt(at + 3) << 24;
    }
}
