package igpt.bench;

import igpt.config.Project;
import igpt.palette.ColourHistogram;
import igpt.palette.KMeans;
import java.util.List;

/** From pixels in memory to a palette. */
final class PaletteBenchmark implements Benchmark {
    @Override
    public String name() {
        return "palette";
    }

    @Override
    public String summary() {
        return "counting the colours of images, and k-means";
    }

    @Override
    public List<Reading> measure(BenchParameters parameters, Project project) throws Exception {
        var pixels = Pixels.of(parameters);
        var shape = pixels.shape(parameters.colours());
        var seconds = Samples.seconds(1, parameters.repeat(), () -> {
            var histogram = new ColourHistogram();
            histogram.add(pixels.rgb(), 0, pixels.count());
            KMeans.fit(histogram, parameters.colours(), 0);
        });
        return List.of(new Reading(name(), shape, "palette", seconds, "s"));
    }
}
