package igpt.cli;

import igpt.console.Durations;
import igpt.launch.Outcome;
import igpt.schema.InputException;

/** Says how a launch ended. */
final class Outcomes {
    static final int SIGNAL_OFFSET = 128; // exit code of a process that a signal ended
    private static final int INTERRUPT = 2;

    private Outcomes() {}

    /** @return the exit code */
    static int tell(Session session, Outcome outcome) {
        long run = outcome.run();
        var what = "run " + run + " " + outcome.job();
        return switch (outcome.ending()) {
            case COMPLETED -> {
                session.out()
                        .println(what + " completed in " + Durations.words(outcome.seconds()) + ": ./igpt show " + run);
                yield 0;
            }
            case UNCHANGED -> {
                session.out()
                        .println(what + " is complete already: ./igpt show " + run
                                + "; ./igpt run with --again starts it again");
                yield 0;
            }
            case STOPPED -> {
                session.out().println(what + " stopped; to resume: ./igpt resume " + run);
                yield SIGNAL_OFFSET + (outcome.signal() == 0 ? INTERRUPT : outcome.signal());
            }
            case FAILED -> {
                session.err().println("igpt: " + what + " failed: " + outcome.reason());
                var resume = outcome.failure() instanceof InputException ? "" : "; to resume: ./igpt resume " + run;
                session.err().println("to see more: ./igpt show " + run + resume);
                yield Igpt.FAILED;
            }
        };
    }
}
