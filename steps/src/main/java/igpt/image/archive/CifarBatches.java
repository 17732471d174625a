package igpt.image.archive;

import igpt.image.ImageRef;
import igpt.image.Split;
import igpt.schema.UserException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** All batch files, in memory: 184 MB, of which every label is checked. */
final class CifarBatches implements InMemory.Contents {
    static final int SIDE = 32;
    static final int PLANE = SIDE * SIDE;

    private final CifarLayout layout;
    private final List<String> classes;
    private final byte[][] files;
    private final int[] first; // the id of each file's first image, and one past the last

    private CifarBatches(CifarLayout layout, Map<String, byte[]> byName, Path from) {
        this.layout = layout;
        files = new byte[layout.batches().size()][];
        first = new int[files.length + 1];
        for (int b = 0; b < files.length; b++) {
            var name = layout.batches().get(b);
            files[b] = layout.present(byName, name, from);
            check(name, files[b], from);
            first[b + 1] = first[b] + files[b].length / layout.record();
        }
        classes = layout.classNames(byName, from);
    }

    static CifarBatches load(CifarLayout layout, Path folderOrArchive) {
        return new CifarBatches(layout, Packed.read(folderOrArchive, layout.files()), folderOrArchive);
    }

    private void check(String name, byte[] bytes, Path from) {
        int record = layout.record();
        if (bytes.length == 0 || bytes.length % record != 0) {
            throw new UserException("data: " + name + " in " + from + " is cut short: " + bytes.length
                    + " bytes are no multiple of " + record + "; get it again");
        }
        for (int i = 0; i < bytes.length / record; i++) {
            int label = bytes[i * record + layout.label()] & 0xff;
            if (label >= layout.classes()) {
                throw new UserException("data: " + name + " in " + from + ": image " + i + " has label " + label
                        + ", above " + (layout.classes() - 1) + ": not " + layout.title() + ", or damaged");
            }
        }
    }

    @Override
    public List<String> classes() {
        return classes;
    }

    @Override
    public int images() {
        return first[files.length];
    }

    @Override
    public ImageRef ref(int id) {
        int batch = batch(id);
        int at = id - first[batch];
        return new ImageRef(
                id,
                batch == files.length - 1 ? Split.TEST : Split.TRAIN,
                files[batch][at * layout.record() + layout.label()],
                layout.batches().get(batch) + "#" + at);
    }

    @Override
    public InMemory.Picture picture(int id) {
        int batch = batch(id);
        int from = (id - first[batch]) * layout.record() + layout.labels();
        var planes = files[batch];
        var rgb = new byte[3 * PLANE];
        for (int i = 0; i < PLANE; i++) {
            rgb[3 * i] = planes[from + i];
            rgb[3 * i + 1] = planes[from + PLANE + i];
            rgb[3 * i + 2] = planes[from + 2 * PLANE + i];
        }
        return new InMemory.Picture(rgb, SIDE, SIDE);
    }

    private int batch(int id) {
        int batch = 0;
        while (id >= first[batch + 1]) {
            batch++;
        }
        return batch;
    }
}
