package igpt.image.folder;

import igpt.image.Split;
import igpt.image.folder.FolderLayout.Labelled;
import igpt.schema.UserException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A folder whose images are all shown to a model that is there already: nothing is held out, and no layout is refused. An
 * image's class is the folder at the top that it lies in, if any; where all of these are named like splits ({@link
 * SplitNames}), it is the folder inside.
 */
final class FreeLayout {
    private FreeLayout() {}

    /** @throws UserException if there is no image */
    static FolderReader.Found of(Path root) {
        var listing = FolderListing.of(root);
        var splits = splits(listing.images());
        var classes = new TreeSet<String>();
        listing.images().forEach(image -> classes.add(className(image, splits)));
        classes.remove("");
        var labels = new LinkedHashMap<String, Integer>();
        classes.forEach(name -> labels.put(name, labels.size()));

        var train = new ArrayList<Labelled>();
        var validation = new ArrayList<Labelled>();
        var test = new ArrayList<Labelled>();
        for (var image : listing.images()) {
            var split =
                    switch (splits.getOrDefault(top(image), Split.TEST)) {
                        case TRAIN -> train;
                        case VALIDATION -> validation;
                        case TEST -> test;
                    };
            split.add(new Labelled(image, labels.getOrDefault(className(image, splits), -1)));
        }
        var layout = FolderLayout.ofAny(List.copyOf(classes), train, validation, test, root);
        return new FolderReader.Found(layout, listing, false);
    }

    /** A single picture, in its folder. */
    static FolderReader.Found ofPicture(Path file) {
        var name = file.getFileName();
        var text = name.toString().indexOf(FileNames.UNKNOWN) < 0 ? name.toString() : FileNames.text(name);
        var layout = FolderLayout.ofAny(List.of(), List.of(), List.of(), List.of(new Labelled(text, -1)), file);
        return new FolderReader.Found(layout, FolderListing.of(text, file), false);
    }

    /** By the folder at the top; empty unless each of these is one of a split of its own. */
    private static Map<String, Split> splits(List<String> images) {
        var splits = new TreeMap<String, Split>();
        for (var image : images) {
            var split = SplitNames.of(top(image));
            if (split == null) {
                return Map.of();
            }
            splits.put(top(image), split);
        }
        return splits.values().stream().distinct().count() == splits.size() ? splits : Map.of();
    }

    /** Empty for an image that is in no folder. */
    private static String top(String image) {
        return folder(image, 0);
    }

    private static String folder(String image, int from) {
        int end = image.indexOf('/', from);
        return end < 0 ? "" : image.substring(from, end);
    }

    /** In one of Unicode's forms, as systems differ in which they keep; empty where there is no class. */
    private static String className(String image, Map<String, Split> splits) {
        int from = 0;
        var split = splits.get(top(image));
        while (split != null && split == SplitNames.of(folder(image, from))) { // also training_set/training_set/
            from = image.indexOf('/', from) + 1;
        }
        return Normalizer.normalize(folder(image, from), Normalizer.Form.NFC);
    }
}
