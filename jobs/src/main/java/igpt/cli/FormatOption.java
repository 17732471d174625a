package igpt.cli;

import picocli.CommandLine.Option;

/** {@code --format}, of every command that prints a table. */
final class FormatOption {
    @Option(names = "--format", paramLabel = "table|csv|json", description = "How to print (default: table).")
    Format format = Format.TABLE;
}
