package igpt.schema.run;

import igpt.schema.UserException;

/**
 * What decides how sums are rounded, apart from a run's parameters and inputs. It is settled when a run is first launched,
 * stored with the run and with what it makes, and kept on every later attempt: a process with fewer cores computes the same
 * parts, only more slowly.
 *
 * @param threads parts of a batch that are computed at a time; one a core of the machine that first launched the run
 * @param intraOp threads that share an operation, of which a process has one pool; 1, unless a batch has too few images to
 *     give each thread some of its own
 * @param tensorflow its version
 * @param flags environment variables that TensorFlow, XLA, oneDNN or CUDA read, {@code NAME=value} by name
 * @param processor as the system names it; another rounds differently, since code is compiled for what it has
 */
public record RuntimeSettings(int threads, int intraOp, String tensorflow, String flags, String processor) {

    /** The same where so many images are trained on at a time. */
    public RuntimeSettings toTrain(int images) {
        return new RuntimeSettings(threads, intraOp(images, threads), tensorflow, flags, processor);
    }

    /** Threads that share an operation, where so many images are trained on at a time. */
    public static int intraOp(int images, int threads) {
        return images < threads ? threads : 1;
    }

    /**
     * Whether a process can compute as these say.
     *
     * @param now the process's own
     * @throws UserException if it cannot
     */
    public void check(RuntimeSettings now, long run) {
        if (!tensorflow.equals(now.tensorflow)) {
            throw new UserException(
                    "run %d began with TensorFlow %s, and this is %s, which rounds differently: resume it with that version of the program, or begin again with --again"
                            .formatted(run, tensorflow, now.tensorflow));
        }
        if (!flags.equals(now.flags)) {
            throw new UserException(
                    "run %d began with other settings in the environment, which may round differently (then %s; now %s): set them as they were, or begin again with --again"
                            .formatted(run, orNone(flags), orNone(now.flags)));
        }
    }

    private static String orNone(String flags) {
        return flags.isEmpty() ? "no flags" : flags;
    }

    /** In one line, the same for what rounds alike. */
    @Override
    public String toString() {
        return "%d threads, %d an operation; TensorFlow %s; %s; %s"
                .formatted(threads, intraOp, tensorflow, orNone(flags), processor);
    }
}
