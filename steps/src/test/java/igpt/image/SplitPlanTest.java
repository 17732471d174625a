package igpt.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igpt.schema.UserException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SplitPlanTest {
    /** 200 training images of a class of 140 and one of 60, then 50 test images. */
    private static final List<ImageRef> IMAGES = IntStream.range(0, 250)
            .mapToObj(i -> new ImageRef(i, i < 200 ? Split.TRAIN : Split.TEST, i % 10 < 7 ? 0 : 1, "image " + i))
            .toList();

    @Test
    void theSplitsAreDisjointAndTogetherAreAll() {
        SplitPlan plan = SplitPlan.of(IMAGES, 0.1, 0, 0, 64, 1);
        int[] all = plan.parts().stream()
                .flatMapToInt(part -> Arrays.stream(part.places()))
                .sorted()
                .toArray();
        assertThat(all).isEqualTo(IntStream.range(0, 250).toArray());
        assertThat(plan.count("train")).isEqualTo(180);
        assertThat(plan.count("validation")).isEqualTo(20);
        assertThat(plan.count("test")).isEqualTo(50);
    }

    @Test
    void validationTakesTheSameShareOfEveryClass() {
        Map<Integer, Integer> labels = new HashMap<>();
        for (int image : images(SplitPlan.of(IMAGES, 0.1, 0, 0, 64, 1), "validation")) {
            labels.merge(IMAGES.get(image).label(), 1, Integer::sum);
        }
        assertThat(labels).isEqualTo(Map.of(0, 14, 1, 6));
    }

    @Test
    void classesTooSmallForAnImageEachStillGiveSomeButNeverTheirLast() {
        List<ImageRef> small = IntStream.range(0, 80)
                .mapToObj(i -> new ImageRef(i, Split.TRAIN, i / 4, "image " + i))
                .toList();
        assertThat(SplitPlan.of(small, 0.1, 0, 0, 64, 1).count("validation")).isEqualTo(8);
        SplitPlan single =
                SplitPlan.of(small.stream().filter(i -> i.id() % 4 == 0).toList(), 0.5, 0, 0, 64, 1);
        assertThat(single.count("train")).isEqualTo(20);
    }

    @Test
    void theSeedAloneDecides() {
        SplitPlan plan = SplitPlan.of(IMAGES, 0.1, 0, 0, 64, 1);
        assertThat(images(SplitPlan.of(IMAGES, 0.1, 0, 0, 64, 1), "train")).isEqualTo(images(plan, "train"));
        assertThat(images(SplitPlan.of(IMAGES, 0.1, 0, 0, 64, 2), "train")).isNotEqualTo(images(plan, "train"));
    }

    @Test
    void aLimitHoldsForTrainingAndTestImages() {
        SplitPlan plan = SplitPlan.of(IMAGES, 0.1, 40, 0, 64, 1);
        assertThat(plan.count("train") + plan.count("validation")).isEqualTo(40);
        assertThat(plan.count("test")).isEqualTo(40);
    }

    @Test
    void variantsOfATrainingImageAreRowsOfTheirOwnInTheSameSplit() {
        SplitPlan one = SplitPlan.of(IMAGES, 0.1, 0, 0, 64, 1);
        SplitPlan three = SplitPlan.of(IMAGES, 0.1, 0, 3, 64, 1);
        assertThat(images(three, "validation")).isEqualTo(images(one, "validation"));
        assertThat(images(three, "test")).isEqualTo(images(one, "test"));
        List<Integer> places = images(three, "train");
        assertThat(places).hasSize(3 * 180).doesNotHaveDuplicates().allMatch(place -> place >= 250 && place < 1000);
        Map<Integer, Integer> variants = new HashMap<>();
        places.forEach(place -> variants.merge(three.image(place), three.variant(place), Integer::sum));
        assertThat(variants).hasSize(180).allSatisfy((image, sum) -> assertThat(sum)
                .isEqualTo(1 + 2 + 3));
        assertThat(variants.keySet()).containsExactlyInAnyOrderElementsOf(images(one, "train"));
        assertThat(three.variant(images(three, "test").get(0))).isZero();
    }

    @Test
    void moreRowsThanCanBeNumberedAreRefused() {
        List<ImageRef> many = Collections.nCopies(4_000_000, IMAGES.get(0));
        assertThatThrownBy(() -> SplitPlan.of(many, 0, 0, 600, 64, 1))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("give fewer");
    }

    @Test
    void partsAreFullButForTheLastOfASplit() {
        List<SplitPlan.Part> parts = SplitPlan.of(IMAGES, 0.1, 0, 0, 64, 1).parts();
        assertThat(parts.stream().map(part -> part.name() + " " + part.places().length))
                .containsExactly(
                        "train-00000 64", "train-00001 64", "train-00002 52", "validation-00000 20", "test-00000 50");
    }

    @Test
    void nothingToTrainOnIsRefused() {
        assertThatThrownBy(() -> SplitPlan.of(IMAGES.subList(200, 250), 0.1, 0, 0, 64, 1))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("no training images");
    }

    private static List<Integer> images(SplitPlan plan, String split) {
        List<Integer> images = new ArrayList<>();
        for (SplitPlan.Part part : plan.parts()) {
            if (part.split().equals(split)) {
                Arrays.stream(part.places()).forEach(images::add);
            }
        }
        return images;
    }
}
