package igpt.fetch;

import igpt.config.Nearest;
import igpt.config.UsageException;
import java.net.URI;
import java.util.List;

/**
 * A dataset as it is published.
 *
 * @param dataset as typed
 * @param md5 as published with it
 * @param next what to do with it: {@code run …}, before {@code data=FILE}
 */
public record Archive(String dataset, URI address, String md5, String next) {
    public static final List<Archive> ALL = List.of(
            new Archive(
                    "cifar10",
                    URI.create("https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz"),
                    "c32a1d4ab5d03f1284b67883e8d87530",
                    "run reproduce preset=cifar10-cpu"),
            new Archive(
                    "cifar100",
                    URI.create("https://www.cs.toronto.edu/~kriz/cifar-100-binary.tar.gz"),
                    "03b5dce01913d631647c71ecec9e9cb8",
                    "run prepare resolution=32 colours=512"),
            new Archive(
                    "stl10",
                    URI.create("http://ai.stanford.edu/~acoates/stl10/stl10_binary.tar.gz"),
                    "91f7769df0f17e558f3565bffb0c7dfb",
                    "run prepare resolution=32 colours=512"));

    /** @throws UsageException naming the nearest, if there is none of that name */
    public static Archive of(String dataset) {
        return ALL.stream()
                .filter(archive -> archive.dataset.equals(dataset))
                .findFirst()
                .orElseThrow(() -> new UsageException("unknown dataset '" + dataset + "'"
                        + Nearest.hint(
                                dataset, ALL.stream().map(Archive::dataset).toList())));
    }

    /** The same file from elsewhere. */
    public Archive from(URI other) {
        return new Archive(dataset, other, md5, next);
    }

    String fileName() {
        var path = address.getPath();
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
