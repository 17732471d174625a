package igpt.image;

import igpt.schema.UserException;
import igpt.schema.dataset.Splits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Which image goes to which split and part. Validation images are the source's own; if it has none, they are split off the
 * training images in the same share of every class, as far as it has enough; the order within a split is random, so that any stretch of rows is a fair sample.
 *
 * <p>A row's place is its image's in the source's list; where a training image is cropped at random several times, the
 * place of its variant v = 1, 2, … is v lists further on. Variants are made after the split, so no image is in two.
 */
public final class SplitPlan {
    private final int listed; // images in the source
    private final Map<String, int[]> splits = new TreeMap<>();
    private final List<Part> parts = new ArrayList<>();

    /**
     * One part file to be.
     *
     * @param split train, validation or test
     * @param number counted from 0 in its split
     * @param places of its rows
     */
    public record Part(String split, int number, int[] places) {

        /** {@code train-00017}. */
        public String name() {
            return "%s-%05d".formatted(split, number);
        }
    }

    private SplitPlan(int listed) {
        this.listed = listed;
    }

    /**
     * @param validation share of the training images, if the source has no validation images of its own
     * @param limit use so many training images, and as many of those given for validation and test; 0 uses all
     * @param variants of each training image; 0: the image itself
     */
    public static SplitPlan of(
            List<ImageRef> images, double validation, int limit, int variants, int partRows, long seed) {
        var random = new SplittableRandom(seed);
        boolean given = images.stream().anyMatch(image -> image.split() == Split.VALIDATION);
        int[] trainAndValidation = chosen(images, Split.TRAIN, limit, random.split());
        int[] test = chosen(images, Split.TEST, limit, random.split());
        var byLabel = new TreeMap<Integer, List<Integer>>();
        for (int image : trainAndValidation) {
            byLabel.computeIfAbsent(images.get(image).label(), label -> new ArrayList<>())
                    .add(image);
        }
        var train = new ArrayList<Integer>();
        var held = new ArrayList<Integer>();
        int passed = 0;
        for (var ofLabel : byLabel.values()) { // what rounding leaves out is made good by the next classes
            passed += ofLabel.size();
            int due = given ? 0 : (int) Math.round(passed * validation) - held.size();
            int count = Math.min(due, ofLabel.size() - 1); // one is left to learn from
            held.addAll(ofLabel.subList(0, count));
            train.addAll(ofLabel.subList(count, ofLabel.size()));
        }
        if (train.isEmpty()) {
            throw new UserException("no training images are left; give more images or a smaller validation share");
        }
        var ofTrain = random.split();
        var ofValidation = random.split();
        int[] validating =
                given ? chosen(images, Split.VALIDATION, limit, ofValidation) : shuffled(toArray(held), ofValidation);
        var plan = new SplitPlan(images.size());
        plan.add(Splits.TRAIN, shuffled(plan.variants(toArray(train), variants), ofTrain), partRows);
        plan.add(Splits.VALIDATION, validating, partRows);
        plan.add(Splits.TEST, test, partRows);
        return plan;
    }

    /** The images of a split in the source, in random order, at most {@code limit} of them. */
    private static int[] chosen(List<ImageRef> images, Split split, int limit, SplittableRandom random) {
        int[] places = new int[images.size()];
        int count = 0;
        for (int i = 0; i < images.size(); i++) {
            if (images.get(i).split() == split) {
                places[count++] = i;
            }
        }
        int[] order = shuffled(Arrays.copyOf(places, count), random);
        return limit == 0 || limit >= count ? order : Arrays.copyOf(order, limit);
    }

    /** Fisher and Yates. */
    private static int[] shuffled(int[] items, SplittableRandom random) {
        for (int i = items.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int item = items[i];
            items[i] = items[other];
            items[other] = item;
        }
        return items;
    }

    private static int[] toArray(List<Integer> items) {
        return items.stream().mapToInt(Integer::intValue).toArray();
    }

    private int[] variants(int[] images, int variants) {
        if (variants == 0) {
            return images;
        }
        if ((variants + 1L) * listed > Integer.MAX_VALUE) {
            throw new UserException("%d variants of %,d images are more rows than there may be; give fewer"
                    .formatted(variants, images.length));
        }
        int[] places = new int[images.length * variants];
        for (int i = 0; i < places.length; i++) {
            places[i] = images[i / variants] + (1 + i % variants) * listed;
        }
        return places;
    }

    /** A row's image, by its place in the source's list. */
    public int image(int place) {
        return place % listed;
    }

    /** Which variant of the image the row is; 0: the image itself. */
    public int variant(int place) {
        return place / listed;
    }

    private void add(String split, int[] places, int partRows) {
        splits.put(split, places);
        for (int from = 0; from < places.length; from += partRows) {
            int to = Math.min(places.length, from + partRows);
            parts.add(new Part(split, from / partRows, Arrays.copyOfRange(places, from, to)));
        }
    }

    /** All part files, train first. */
    public List<Part> parts() {
        return parts;
    }

    /** Rows of a split, those of broken images included. */
    public int count(String split) {
        return splits.getOrDefault(split, new int[0]).length;
    }

    public int count() {
        return splits.values().stream().mapToInt(places -> places.length).sum();
    }
}
