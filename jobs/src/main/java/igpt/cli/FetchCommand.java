package igpt.cli;

import igpt.config.UsageException;
import igpt.fetch.Archive;
import igpt.fetch.Fetch;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "fetch",
        description = {
            "Fetch a dataset's official archive, or resume where it broke off; its checksum is verified.",
            "",
            "Example: igpt fetch cifar10 --to data"
        })
final class FetchCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private HelpOption help = new HelpOption();

    @Parameters(index = "0", paramLabel = "DATASET", description = "cifar10, cifar100 or stl10.")
    private String dataset = "";

    @Option(names = "--to", paramLabel = "FOLDER", description = "Where to put it; else here.")
    private Path to = Path.of("");

    @Option(names = "--from", paramLabel = "URL", description = "The archive's address, if not the official one.")
    private @Nullable String from;

    FetchCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        var archive = Archive.of(dataset);
        var file = Fetch.to(to, from == null ? archive : archive.from(address(from)), session.console());
        session.out().println("next: ./igpt " + archive.next() + " data=" + file);
        return 0;
    }

    private static URI address(String text) {
        try {
            var address = URI.create(text);
            var path = address.getPath();
            if (Set.of("http", "https").contains(String.valueOf(address.getScheme()))
                    && address.getHost() != null
                    && path != null
                    && !path.isEmpty()
                    && !path.endsWith("/")) {
                return address;
            }
        } catch (IllegalArgumentException e) { // as below
        }
        throw new UsageException("--from cannot be '" + text + "': it must be a file's address, http://… or https://…");
    }
}
