package igpt.cli;

import igpt.cli.signal.StopSignals;
import igpt.console.ConsoleListener;
import igpt.forecast.Durations;
import igpt.launch.LaunchService;
import igpt.launch.LaunchedRun;
import igpt.launch.Outcome;
import igpt.schema.InputException;
import java.util.function.Function;

/** Launches a run, shows how it goes, and says how it ended. */
final class Launches {
    static final int SIGNAL_OFFSET = 128; // exit code of a process that a signal ended
    private static final int INTERRUPT = 2;

    private Launches() {}

    /**
     * @param page the port of a page that shows it; or none
     * @return the exit code
     */
    static int make(Session session, int page, Function<LaunchService, LaunchedRun> launch) {
        Outcome outcome;
        int signal;
        try (var service = open(session);
                var signals = new StopSignals(session.surroundings().patience())) {
            service.listen(new ConsoleListener(session.console()));
            service.listen(signals);
            service.onLaunch(signals::watch);
            outcome = page == PageCommand.NONE ? launch.apply(service).await() : shown(session, page, service, launch);
            signal = signals.received();
        }
        return tell(session, outcome, signal);
    }

    private static Outcome shown(
            Session session, int page, LaunchService service, Function<LaunchService, LaunchedRun> launch) {
        try (var server = PageCommand.open(session, service, page)) {
            return launch.apply(service).await();
        }
    }

    static LaunchService open(Session session) {
        return new LaunchService(
                session.catalogue(),
                session.configuration(),
                session.project(),
                session.surroundings().compilations());
    }

    static int tell(Session session, Outcome outcome, int signal) {
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
                                + "; the same command with --again runs it again");
                yield 0;
            }
            case STOPPED -> {
                session.out().println(what + " stopped; to resume: ./igpt resume " + run);
                yield SIGNAL_OFFSET + (signal == 0 ? INTERRUPT : signal);
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
