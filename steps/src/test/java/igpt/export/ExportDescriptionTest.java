package igpt.export;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import igpt.schema.file.CorruptFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Fields of {@code igpt.json} that are missing or cannot be. */
class ExportDescriptionTest {
    private static final String WHOLE =
            """
            {"format": "igpt", "version": 1,
             "model": {"objective": "bert", "layers": 2, "width": 16, "heads": 2, "positions": 64, "colours": 16},
             "images": {"resolution": 8, "exif": "auto", "background": "ffffff", "dct_scaling": false},
             "classes": ["cat", "dog"],
             "head": {"layer": 2},
             "probe": {"layer": 1, "tap": "norm"},
             "masks": {"rate": 0.15, "votes": 7, "seed": 1},
             "provenance": {"name": "photos", "run": 1, "iteration": 20, "git_commit": "abc", "seed": 0,
                            "tensorflow": "2.18", "device": "cpu"}}
            """;

    /** Nothing is left to be read of the last one but the files, which are not there. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "model             |                 | model is missing",
                "model             | 7               | model is 7; it must be an object",
                "model/layers      |                 | model.layers is missing",
                "model/layers      | '\"two\"'       | model.layers is \"two\"; it must be a whole number of at least 1",
                "model/layers      | 2.5             | model.layers is 2.5; it must be a whole number of at least 1",
                "model/layers      | 99999999999     | model.layers is 99999999999; it must be a whole number",
                "model/heads       | 3               | model: heads is 3; it must divide the width, 16",
                "model/objective   | '\"gan\"'       | model.objective is \"gan\"; it must be ar or bert",
                "images/resolution | 9               | it must be the root of model.positions, which is 64",
                "images/exif       | true            | images.exif is true; it must be text",
                "images/background | '\"white\"'     | images.background is \"white\"; it must be six hexadecimal digits",
                "classes           |                 | classes is missing",
                "classes           | []              | classes is []; it must be the names of what its classifier tells apart",
                "classes           | '[\"cat\",null]' | classes is null; it must be text",
                "head/layer        | 3               | head.layer is 3; it must be a whole number from 0 to 2",
                "masks             |                 | masks is missing",
                "masks/rate        | 1               | masks.rate is 1; it must be a number between 0 and 1",
                "probe/tap         | '\"x\"'         | probe.tap is \"x\"; it must be norm or residual",
                "provenance/run    | '\"one\"'       | provenance.run is \"one\"; it must be a whole number",
                "provenance/seed   | 7               | probe.npy: it is missing",
            })
    void isNamed(String field, String value, String why) throws Exception {
        var json = new ObjectMapper();
        var whole = (ObjectNode) json.readTree(WHOLE);
        var path = List.of(field.split("/"));
        var holder = path.size() == 1 ? whole : (ObjectNode) whole.get(path.get(0));
        var last = path.get(path.size() - 1);
        if (value == null) {
            holder.remove(last);
        } else {
            holder.set(last, json.readTree(value));
        }
        assertThatThrownBy(() -> ExportDescription.read(Path.of("model"), whole))
                .isInstanceOf(CorruptFileException.class)
                .hasMessageStartingWith("damaged file model/")
                .hasMessageContaining(why)
                .hasMessageEndingWith("or make it again: ./igpt run export checkpoint=RUN to=FOLDER --again")
                .message()
                .hasLineCount(1);
    }
}
