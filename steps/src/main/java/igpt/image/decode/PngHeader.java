package igpt.image.decode;

import org.jspecify.annotations.Nullable;

/**
 * What a PNG's chunks say of its pixels.
 *
 * @param transparent whether some may be: there is an alpha channel, or a colour that stands for none
 * @param exif that chunk; null: there is none
 */
record PngHeader(int width, int height, boolean transparent, @Nullable Bytes exif) {
    private static final String SIGNATURE = "\u0089PNG\r\n\u001a\n";
    private static final int CHUNK = 12; // bytes apart from its data: length, name, check sum

    /** Null if it does not begin as one does. */
    static @Nullable PngHeader of(byte[] file) {
        var bytes = new Bytes(file);
        int at = SIGNATURE.length();
        if (!bytes.text(0, SIGNATURE) || !bytes.text(at + 4, "IHDR")) {
            return null;
        }
        boolean transparent = (bytes.u8(at + 17) & 4) != 0;
        Bytes exif = null;
        long next = at;
        while (next + CHUNK <= file.length && !bytes.text((int) next + 4, "IEND")) {
            int data = (int) next + 8;
            long length = Integer.toUnsignedLong(bytes.i32((int) next));
            transparent |= bytes.text(data - 4, "tRNS");
            if (bytes.text(data - 4, "eXIf")) {
                exif = bytes.part(data, (int) Math.min(file.length, data + length));
            }
            next += CHUNK + length;
        }
        return new PngHeader(bytes.i32(at + 8), bytes.i32(at + 12), transparent, exif);
    }
}
