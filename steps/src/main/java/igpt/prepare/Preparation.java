package igpt.prepare;

import igpt.config.ParameterSchema;
import igpt.image.decode.Decoding;
import igpt.schema.artifact.Artifact;
import igpt.schema.artifact.Artifacts;
import igpt.schema.dataset.Datasets;

/**
 * How images became pixels that a model learnt from: others must be shown to it in the same way.
 *
 * @param resolution pixels a side of the centre square
 */
public record Preparation(int resolution, Decoding decoding) {

    /**
     * From the parameters of the run that prepared them. What a model was trained on elsewhere is not known; the usual way is
     * taken.
     *
     * @param artifact a dataset, or a model that learnt from one or was imported
     */
    public static Preparation of(Artifact artifact, Artifacts artifacts, Datasets datasets) {
        var vocabulary = datasets.vocabulary(artifact.id());
        var dataset = vocabulary.dataset();
        if (dataset == null) {
            return new Preparation(vocabulary.resolution(), Decoding.DEFAULT);
        }
        var parameters = ParameterSchema.of(PrepareParameters.class)
                .readMap(artifacts.parameters(artifacts.get(dataset)))
                .as(PrepareParameters.class);
        return new Preparation(vocabulary.resolution(), parameters.decoding());
    }
}
