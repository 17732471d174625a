package igpt.prepare;

import igpt.config.ParameterSchema;
import igpt.image.decode.Decoding;
import igpt.schema.artifact.Artifact;
import igpt.schema.artifact.Artifacts;
import igpt.schema.dataset.Datasets;

/**
 * How the images of a dataset became pixels: what a model learnt from them must be shown in the same way.
 *
 * @param resolution pixels a side of the centre square
 */
public record Preparation(int resolution, Decoding decoding) {

    /** From the parameters of the run that prepared it. */
    public static Preparation of(Artifact dataset, Artifacts artifacts, Datasets datasets) {
        var parameters = ParameterSchema.of(PrepareParameters.class)
                .readMap(artifacts.parameters(dataset))
                .as(PrepareParameters.class);
        return new Preparation(datasets.get(dataset.id()).resolution(), parameters.decoding());
    }
}
