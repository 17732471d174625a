package igpt.schema;

import igpt.schema.artifact.Artifact.Kind;

/** As the recipes name them. */
final class Kinds {
    static final Kind DATASET = new Kind("DATASET");
    static final Kind MODEL = new Kind("MODEL");
    static final Kind FEATURES = new Kind("FEATURES");
    static final Kind PROBE = new Kind("PROBE");
    static final Kind LOWDATA = new Kind("LOWDATA");
    static final Kind SWEEP = new Kind("SWEEP");

    private Kinds() {}
}
