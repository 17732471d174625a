package igpt.prepare;

import igpt.image.ImageSource;
import igpt.image.SplitPlan;
import igpt.image.decode.BrokenImageException;
import igpt.palette.KMeans;
import igpt.schema.dataset.Splits;
import java.util.BitSet;
import java.util.HashSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;

/** Whether there are colours to fit a palette to: said before all images are decoded. The first few images show it mostly. */
final class FewColours {
    private FewColours() {}

    /** @throws igpt.schema.InputException if there are certainly not; of pictures in files of their own, if all have one colour */
    static void check(PrepareParameters parameters, ImageSource source) {
        if (!parameters.palette().isEmpty()) {
            return;
        }
        if (source.hasJpegs()) {
            checkPictures(parameters, source);
        } else {
            checkPixels(parameters, source);
        }
    }

    private static void checkPictures(PrepareParameters parameters, ImageSource source) {
        var images = source.images();
        var colours = new HashSet<String>();
        boolean all = allOf(parameters.plan(images), image -> {
            var colour = source.onlyColour(images.get(image));
            return colour != null && (!colours.add(colour) || colours.size() == 1);
        });
        if (all) {
            KMeans.checkColours(1, parameters.colours());
        }
    }

    private static void checkPixels(PrepareParameters parameters, ImageSource source) {
        var images = source.images();
        var seen = new BitSet(1 << 24);
        var colours = new AtomicInteger();
        int resolution = parameters.resolution();
        byte[] rgb = new byte[3 * resolution * resolution];
        boolean all = allOf(parameters.plan(images), image -> {
            try {
                source.read(images.get(image), rgb, resolution);
            } catch (BrokenImageException e) {
                return true; // it will be skipped
            }
            for (int i = 0; i < rgb.length; i += 3) {
                int colour = (rgb[i] & 0xff) << 16 | (rgb[i + 1] & 0xff) << 8 | rgb[i + 2] & 0xff;
                if (!seen.get(colour)) {
                    seen.set(colour);
                    colours.incrementAndGet();
                }
            }
            return colours.get() < parameters.colours();
        });
        if (all && colours.get() > 0) {
            KMeans.checkColours(colours.get(), parameters.colours());
        }
    }

    /** Of the images to train on, until one says no. */
    private static boolean allOf(SplitPlan plan, IntPredicate says) {
        for (var part : plan.parts()) {
            if (part.split().equals(Splits.TRAIN)) {
                for (int place : part.places()) {
                    if (plan.variant(place) <= 1 && !says.test(plan.image(place))) {
                        return false;
                    }
                }
            }
        }
        return true;
    }
}
