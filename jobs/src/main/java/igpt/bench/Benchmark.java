package igpt.bench;

import igpt.config.Project;
import java.util.List;

/** A kind of work, measured with the classes that the jobs do it with. */
interface Benchmark {
    /** As typed. */
    String name();

    /** In a few words. */
    String summary();

    List<Reading> measure(BenchParameters parameters, Project project) throws Exception;
}
