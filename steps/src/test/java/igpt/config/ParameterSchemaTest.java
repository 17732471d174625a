package igpt.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igpt.prepare.PrepareParameters;
import igpt.pretrain.PretrainParameters;
import igpt.probe.ProbeParameters;
import igpt.sample.SampleParameters;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ParameterSchemaTest {
    private final ParameterSchema pretrain = ParameterSchema.of(PretrainParameters.class);

    @Test
    void whatIsGivenWinsOverThePresetAndThePresetOverTheDefault() {
        var set = pretrain.resolve(Map.of("batch", "64", "seed", "1"), Map.of("seed", "2"));
        var parameters = set.as(PretrainParameters.class);
        assertThat(parameters.batch()).isEqualTo(64);
        assertThat(parameters.seed()).isEqualTo(2);
        assertThat(parameters.dataset()).isEqualTo("newest");
    }

    @Test
    void aRecordIsMadeOnce() {
        var set = pretrain.resolve(Map.of(), Map.of("seed", "2"));
        assertThat(set.as(PretrainParameters.class)).isSameAs(set.as(PretrainParameters.class));
    }

    @Test
    void anUnknownNameIsAnsweredWithTheNearest() {
        assertThatThrownBy(() -> pretrain.resolve(Map.of(), Map.of("itterations", "9")))
                .isInstanceOf(UsageException.class)
                .hasMessage("unknown parameter 'itterations': did you mean 'iterations'?");
    }

    @Test
    void aNameNearNothingIsAnsweredWithAllThereAre() {
        assertThatThrownBy(() -> pretrain.resolve(Map.of(), Map.of("xyzzyplugh", "9")))
                .hasMessageContaining("there are: dataset, model, objective, mask_rate, batch");
    }

    @Test
    void aBadValueIsAnsweredWithWhatIsAllowed() {
        assertThatThrownBy(() -> pretrain.resolve(Map.of(), Map.of("batch", "many")))
                .hasMessage("parameter 'batch' cannot be 'many': it must be a whole number from 1 to 65536");
        assertThatThrownBy(() -> pretrain.resolve(Map.of(), Map.of("batch", "0")))
                .hasMessageContaining("from 1 to 65536");
        assertThatThrownBy(() -> pretrain.resolve(Map.of(), Map.of("learning_rate", "NaN")))
                .hasMessageContaining("a number from 0 to 10");
        assertThatThrownBy(() -> pretrain.resolve(Map.of(), Map.of("objective", "gan")))
                .hasMessage("parameter 'objective' cannot be 'gan': it must be ar or bert");
        assertThatThrownBy(() -> ParameterSchema.of(ProbeParameters.class).resolve(Map.of(), Map.of("pixels", "yes")))
                .hasMessageEndingWith("it must be true or false");
    }

    @Test
    void whateverCanBeLeftOutCanBeNoneWhereAJobOrAPresetHasADefaultForIt() {
        var reproduce = ParameterSchema.of(SampleParameters.class).withDefault("complete", "test");
        assertThat(reproduce.resolve(Map.of(), Map.of()).get("complete")).isEqualTo("test");
        for (var none : new String[] {"none", "", " none "}) {
            var set = reproduce.resolve(Map.of("complete", "train"), Map.of("complete", none));
            assertThat(set.get("complete")).isEmpty();
            assertThat(set.as(SampleParameters.class).completes()).isFalse();
            assertThat(reproduce.fromMap(set.toMap()).get("complete")).isEmpty();
        }
        assertThat(pretrain.resolve(Map.of("milestones", "3,5"), Map.of("milestones", "none"))
                        .get("milestones"))
                .isEmpty();
        assertThat(pretrain.resolve(Map.of(), Map.of("dataset", "none")).get("dataset"))
                .isEqualTo("none"); // a dataset's name: there has to be one
    }

    @Test
    void whatIsEmptyOrTooLargeOrInAnotherSpellingIsToldSo() {
        assertThatThrownBy(() -> ParameterSchema.of(PrepareParameters.class).resolve(Map.of(), Map.of("data", " ")))
                .hasMessage("parameter 'data' cannot be empty: give a value, or leave it out for shapes");
        assertThatThrownBy(() -> pretrain.resolve(Map.of(), Map.of("batch", "")))
                .hasMessage(
                        "parameter 'batch' cannot be empty: give a whole number from 1 to 65536, or leave it out for 32");
        assertThat(pretrain.resolve(Map.of(), Map.of("milestones", "")).get("milestones"))
                .isEmpty();
        assertThatThrownBy(() -> pretrain.resolve(Map.of(), Map.of("iterations", "3000000000")))
                .hasMessageEndingWith("it must be a whole number of at least 1 and at most 2147483647");
        assertThatThrownBy(() -> pretrain.resolve(Map.of(), Map.of("iterations", "1e5")))
                .hasMessageEndingWith("it must be a whole number of at least 1, in digits");
        assertThatThrownBy(() -> pretrain.resolve(Map.of(), Map.of("iterations", "0")))
                .hasMessageEndingWith("it must be a whole number of at least 1");
        assertThatThrownBy(() -> pretrain.resolve(Map.of(), Map.of("seed", "1e30")))
                .hasMessageEndingWith("it must be a whole number of at most 9223372036854775807");
    }

    @Test
    void aRecordLooksAtItsValuesTogether() {
        assertThatThrownBy(() -> pretrain.resolve(Map.of(), Map.of("warmup", "11", "iterations", "10")))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("at most iterations");
    }

    @Test
    void valuesAreComparedNotTheirSpelling() {
        assertThat(pretrain.resolve(Map.of(), Map.of("learning_rate", "3e-3", "batch", "032"))
                        .identifying())
                .isEqualTo(pretrain.resolve(Map.of(), Map.of("learning_rate", "0.0030", "batch", "32"))
                        .identifying());
    }

    @Test
    void aPathIsStoredAbsoluteUnlessItIsTheDefault() {
        var prepare = ParameterSchema.of(PrepareParameters.class);
        assertThat(prepare.resolve(Map.of(), Map.of("data", "a/../photos")).get("data"))
                .isEqualTo(Path.of("photos").toAbsolutePath().toString());
        assertThat(prepare.resolve(Map.of(), Map.of()).get("data")).isEqualTo("shapes");
        assertThat(prepare.resolve(Map.of(), Map.of()).get("palette")).isEmpty();
    }

    @Test
    void theStoredSetReadsBackAsItWas() {
        var set = pretrain.resolve(Map.of(), Map.of("learning_rate", "1e-3", "model", "s"));
        assertThat(pretrain.fromMap(set.toMap()).toMap()).isEqualTo(set.toMap());
    }

    @Test
    void aChainedJobTakesSharedParametersOnceAndNoneThatItSettlesItself() {
        var chained = ParameterSchema.of(PrepareParameters.class, PretrainParameters.class, ProbeParameters.class)
                .without("dataset", "checkpoint");
        assertThat(chained.specs().stream().filter(s -> s.name().equals("seed")))
                .hasSize(1);
        var set = chained.resolve(Map.of(), Map.of("seed", "7"));
        assertThat(set.as(PrepareParameters.class).seed()).isEqualTo(7);
        assertThat(set.as(PretrainParameters.class).seed()).isEqualTo(7);
        assertThatThrownBy(() -> chained.resolve(Map.of(), Map.of("dataset", "shapes")))
                .hasMessageContaining("unknown parameter 'dataset'");
    }

    @Test
    void howManyCheckpointsAreKeptDoesNotIdentifyARun() {
        assertThat(pretrain.resolve(Map.of(), Map.of()).identifying())
                .containsKeys("iterations", "seed")
                .doesNotContainKeys("keep", "dataset");
    }
}
