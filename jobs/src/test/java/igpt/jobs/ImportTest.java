package igpt.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** A tiny Image GPT in OpenAI's and Hugging Face's layout, of 4 x 4 pixels in 8 colours; see its script in steps. */
class ImportTest {
    static final Path FIXTURE =
            Path.of("../steps/src/test/resources/igpt/weights").toAbsolutePath();
    private static final String[] OPENAI = {"run", "import", "from=" + FIXTURE.resolve("openai")};
    private static final String[] PREPARE = {
        "run", "prepare", "data=shapes", "images=40", "resolution=4", "colours=8", "palette=1"
    };
    private static final String[] PROBE = {"run", "probe", "checkpoint=1", "untrained=false", "pixels=false"};

    @TempDir
    private Path home;

    @Test
    void anImportedModelIsAModelLikeAnyOther() throws Exception {
        var place = Workplace.in(home);
        assertThat(place.ask(0, OPENAI))
                .contains(
                        "OpenAI's layout: ar of 2 layers of width 16 in 2 heads, 4 x 4 pixels, 8 colours, 6,752 parameters")
                .contains("model openai: 6,752 parameters");
        assertThat(place.ask(0, OPENAI)).contains("run 1 import is complete already");
        assertThat(place.ask(2, PROBE))
                .contains("model openai (run 1) was imported without images: give dataset=")
                .contains("prepare data=… resolution=4 colours=8 palette=1");
        assertThat(place.ask(2, "run", "prepare", "palette=7")).contains("palette cannot be 7: that run has made no");
        place.ask(0, PREPARE);
        assertThat(place.ask(0, Workplace.with(PROBE, "dataset=2"))).contains("test accuracy of a linear probe");
        place.ask(0, "run", "finetune", "checkpoint=1", "dataset=2", "iterations=2", "save_every=1", "batch=8");
        place.ask(0, "run", "pretrain", "checkpoint=openai", "model=tiny", "iterations=2", "save_every=2", "batch=8");
        var lineage = "select kind, run from lineage where input_run = 1 order by kind, run";
        assertThat(place.ask(0, "query", "--format", "csv", lineage))
                .isEqualToIgnoringNewLines("kind,run\nCLASSIFIER,4\nFEATURES,3\nMODEL,5\n");
        var vocabularies = "select name, dataset from vocabularies where palette_path like '1-import/%'";
        assertThat(place.ask(0, "query", "--format", "csv", vocabularies)).contains("openai,\n");
    }

    @Test
    void aKilledImportEndsInTheSameBytes(@TempDir Path other) throws Exception {
        var left = Workplace.in(other.resolve("left"));
        var source = other.resolve("weights");
        FileSystemUtils.copyRecursively(FIXTURE.resolve("huggingface"), source);
        String[] run = {"run", "import", "from=" + source};
        assertThat(left.ask(0, Workplace.with(run, "--dry-run")))
                .containsPattern("time: about \\d+ s for all steps, .* for 16 MiB, measured just now");
        left.ask(0, run);
        var killed = Workplace.in(home);
        assertThat(killed.killAt(2, run)).isTrue(); // nothing is done
        assertThat(killed.killAt(3, run)).isTrue(); // the files are written, but not their rows
        var config = source.resolve("config.json");
        var text = Files.readString(config);
        Files.writeString(config, text + "\n");
        assertThat(killed.ask(1, "resume")).contains("have changed since this run began; start a new run");
        Files.writeString(config, text);
        killed.ask(0, "resume");
        assertThat(killed.files()).isEqualTo(left.files());
        assertThat(killed.rows()).isEqualTo(left.rows());
        FileSystemUtils.deleteRecursively(home.resolve("runs/1-import/model"));
        assertThat(killed.ask(0, run)).contains("its files are gone");
        assertThat(killed.files()).isEqualTo(left.files());
    }
}
