package igpt.cli;

import igpt.batch.Build;
import igpt.config.UsageException;
import igpt.schema.Reason;
import igpt.schema.UserException;
import igpt.schema.db.Database;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;

/** All commands, and how errors are told: one line, exit code 2 for bad usage, 1 else. */
@Command(
        name = "igpt",
        description = "Generative pretraining from pixels, as batch jobs that can be resumed.",
        mixinStandardHelpOptions = true,
        versionProvider = Igpt.Version.class,
        synopsisSubcommandLabel = "COMMAND")
public final class Igpt implements Runnable {
    static final int FAILED = 1;
    static final int BAD_USAGE = 2;

    @CommandLine.Spec
    private CommandSpec spec = CommandSpec.create();

    private Igpt() {}

    /** @return the exit code: 0 done, 1 failed, 2 bad usage, 129, 130 or 143 stopped */
    public static int execute(Session session, String... arguments) {
        var line = new CommandLine(new Igpt());
        var commands = commands(session);
        // Describing a command takes a while, so only the one wanted is, where it is known.
        if (arguments.length > 0 && commands.containsKey(arguments[0])) {
            commands.keySet().retainAll(Set.of(arguments[0]));
        }
        commands.values().forEach(command -> line.addSubcommand(command.get()));
        line.setCaseInsensitiveEnumValuesAllowed(true).setUsageHelpAutoWidth(true);
        line.setOut(Session.writer(session.out())).setErr(Session.writer(session.err()));
        if ("dumb".equals(System.getenv("TERM"))) {
            line.setColorScheme(Help.defaultColorScheme(Ansi.OFF));
        }
        line.setParameterExceptionHandler((e, given) -> {
            session.err().println("igpt: " + Wording.of(e, session.catalogue()));
            return BAD_USAGE;
        });
        line.setExecutionExceptionHandler((e, command, given) -> failed(session, e));
        return line.execute(arguments);
    }

    private static Map<String, Supplier<Object>> commands(Session session) {
        var commands = new LinkedHashMap<String, Supplier<Object>>();
        commands.put("fetch", () -> new FetchCommand(session));
        commands.put("jobs", () -> new JobsCommand(session));
        commands.put("run", () -> new RunCommand(session));
        commands.put("resume", () -> new ResumeCommand(session));
        commands.put("stop", () -> new StopCommand(session));
        commands.put("runs", () -> new RunsCommand(session));
        commands.put("show", () -> new ShowCommand(session));
        commands.put("report", () -> new ReportCommand(session));
        commands.put("query", () -> new QueryCommand(session));
        commands.put("delete", () -> new DeleteCommand(session));
        commands.put("page", () -> new PageCommand(session));
        commands.put("rebuild", () -> new RebuildCommand(session));
        commands.put("bench", () -> new BenchCommand(session));
        commands.put("prime", () -> new PrimeCommand(session));
        return commands;
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getErr());
        throw new UsageException("no command is given");
    }

    private static int failed(Session session, Exception e) {
        if (e instanceof UsageException) {
            session.err().println("igpt: " + e.getMessage());
            return BAD_USAGE;
        }
        if (e instanceof UserException || Database.explain(e).isPresent()) {
            session.err().println("igpt: " + Reason.of(e));
            return FAILED;
        }
        session.err().println("igpt: " + Reason.of(e) + "; please report it with what follows");
        e.printStackTrace(session.err());
        return FAILED;
    }

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            var build = Build.ofThisProgram();
            return new String[] {
                "igpt " + build.version() + " (" + build.gitCommit() + ", TensorFlow Java " + build.tensorflow() + ")"
            };
        }
    }
}
