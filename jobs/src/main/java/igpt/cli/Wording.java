package igpt.cli;

import igpt.config.Nearest;
import igpt.launch.JobCatalogue;
import igpt.launch.JobDefinition;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What picocli minds in a command line, in the one line that the user gets: what is wrong, and what is allowed. */
final class Wording {
    /** By the label of an argument that has a place instead of a name. */
    private static final Map<String, String> PLACES = Map.of(
            "RUN", "a run's number: ./igpt runs lists them",
            "JOB", "the name of a job: ./igpt jobs lists them",
            "DATASET", "cifar10, cifar100 or stl10");

    private Wording() {}

    static String of(ParameterException e, JobCatalogue catalogue) {
        var command = e.getCommandLine();
        var argument = e.getArgSpec();
        if (e instanceof UnmatchedArgumentException unmatched) {
            return unknown(unmatched.getUnmatched().get(0), command, catalogue);
        } else if (e instanceof MissingParameterException missing
                && !missing.getMissing().isEmpty()) {
            return missing(missing.getMissing().get(0), command);
        } else if (e instanceof OverwrittenOptionException twice) {
            return name(twice.getOverwritten()) + " is given twice";
        } else if (argument != null && e.getValue() != null) {
            return isFlag(argument)
                    ? name(argument) + " takes no value"
                    : "%s cannot be '%s': it must be %s".formatted(name(argument), e.getValue(), allowed(argument));
        }
        var message = e.getMessage() == null ? e.toString() : e.getMessage();
        return message.lines().findFirst().orElse(message) + help(command);
    }

    private static String unknown(String typed, CommandLine command, JobCatalogue catalogue) {
        if (typed.startsWith("-")) {
            var options = command.getCommandSpec().options().stream()
                    .flatMap(option -> Stream.of(option.names()))
                    .toList();
            return "unknown option '" + typed + "'" + Nearest.hint(typed, options);
        }
        var commands = command.getSubcommands().entrySet().stream()
                .filter(entry ->
                        !entry.getValue().getCommandSpec().usageMessage().hidden())
                .map(Map.Entry::getKey)
                .toList();
        if (commands.isEmpty()) {
            return "'" + typed + "' is one too many" + help(command);
        }
        if (catalogue.jobs().stream().map(JobDefinition::name).anyMatch(typed::equals)) {
            return "'" + typed + "' is a job: ./igpt run " + typed;
        }
        return "unknown command '" + typed + "'" + Nearest.hint(typed, commands);
    }

    private static String missing(ArgSpec argument, CommandLine command) {
        return argument.isOption()
                ? name(argument) + " needs a value: " + allowed(argument)
                : "%s needs %s, %s".formatted(command.getCommandName(), name(argument), allowed(argument));
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }

    private static boolean isFlag(ArgSpec argument) {
        return argument.type() == boolean.class;
    }

    private static String allowed(ArgSpec argument) {
        var place = argument.isPositional() ? PLACES.get(argument.paramLabel()) : null;
        if (place != null) {
            return place;
        }
        @Nullable Object[] constants = argument.type().getEnumConstants();
        if (constants != null) {
            return Arrays.stream(constants)
                    .map(constant -> String.valueOf(constant).toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(" or "));
        }
        if (argument.type() == int.class) {
            return "a whole number from 1 to " + Integer.MAX_VALUE;
        }
        if (argument.type() == long.class) {
            return "a whole number from 1 to " + Long.MAX_VALUE;
        }
        var description = argument.description();
        return description.length == 0 ? argument.paramLabel() : description[0];
    }

    private static String help(CommandLine command) {
        return ": ./igpt " + command.getCommandName() + " --help";
    }
}
