package igpt.image.format;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igpt.image.SourceOptions;
import igpt.schema.UserException;
import java.nio.file.Path;

/** What cannot be read is refused in one line that says what is wrong. */
final class Refusals {
    private Refusals() {}

    static void refuses(Path data, String why) {
        refuses(data, SourceOptions.DEFAULT, why);
    }

    static void refuses(Path data, SourceOptions options, String why) {
        assertThatThrownBy(() -> {
                    try (var source = Formats.open(data.toString(), options)) {
                        source.fingerprint();
                        source.images();
                        source.classes();
                    }
                })
                .isInstanceOf(UserException.class)
                .hasMessageContaining(why)
                .message()
                .matches("(data|fold|classes|dct_scaling|exif|background): .*")
                .hasLineCount(1);
    }
}
