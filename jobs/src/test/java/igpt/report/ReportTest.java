package igpt.report;

import static org.assertj.core.api.Assertions.assertThat;

import igpt.testjobs.TestIgpt;
import igpt.testjobs.TestIgpt.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    private Path home;

    @BeforeEach
    void aModelSize(@TempDir Path home) throws IOException {
        this.home = home;
        TestIgpt.writeTinyModel(home);
    }

    @Test
    void oursComesFirstThenWhatThePaperSaysOfTheSameImages() throws IOException {
        assertThat(reproduce(
                                "data=" + cifar10(),
                                "experiments=milestones,bert,finetune,lowdata",
                                "finetune_iterations=4",
                                "milestones=0.3",
                                "lowdata_labels=2,4")
                        .code())
                .isZero();
        var accuracy = number("100 * test_accuracy from probe_by_layer where run = 1 and network = 'trained' and best");
        var csv = igpt("report", "--format", "csv").out();
        assertThat(csv)
                .startsWith("table,row,metric,ours,published,run,standard_error,images\n"
                        + "table 1,cifar10 tiny probe AR,accuracy," + accuracy + ",,1,")
                .contains("table 1,CIFAR-10 iGPT-L,accuracy,,96.3,,,\n")
                .contains("table 1,CIFAR-10 SimCLR,accuracy,,95.3,,,\n")
                .containsPattern("table 3,cifar10 tiny fine-tune AR,accuracy,[0-9.]+,,5,[0-9.]+,60\n")
                .containsPattern("table 3,cifar10 tiny fine-tune AR from random weights,accuracy,[0-9.]+,,7,")
                .containsPattern("figure 4,cifar10 tiny fine-tune BERT,accuracy,[0-9.]+,,6,")
                .containsPattern("figure 4,cifar10 tiny probe BERT by vote,accuracy,[0-9.]+,,4,")
                .containsPattern("table 4,cifar10 tiny 40 labels in all,error,[0-9.]+,,8,,\n")
                .containsPattern("table 4,cifar10 tiny 20 labels in all,sd,[0-9.]+,,8,,\n")
                .contains("figure 2,cifar10 tiny AR layer 1,accuracy,")
                .contains("figure 2,cifar10 tiny AR pixels layer 0,accuracy,")
                .contains("figure 2,cifar10 tiny AR last layer below the best,points,")
                .contains("figure 3,cifar10 tiny AR iteration 3,validation nats,")
                .contains("figure 3,cifar10 tiny AR iteration 10,accuracy,")
                .contains("figure 4,cifar10 tiny probe AR,accuracy," + accuracy + ",,1,")
                .containsPattern("figure 4,cifar10 tiny probe BERT,accuracy,[0-9.]+,,4,");
        assertThat(igpt("report", "1").out())
                .contains("ours: tiny ar, ", "ours: tiny bert, ", "TABLE 1: LINEAR PROBES")
                .containsPattern("(?s)iteration 3 .*iteration 10 ")
                .containsPattern(
                        "cifar10 tiny probe AR +accuracy +[0-9.]+ +[0-9.]+ +60 +1 +-\nCIFAR-10 iGPT-L +accuracy +- +- +- +- +96.3\n")
                .containsPattern("cifar10 tiny 20 labels in all +error +[0-9.]+ +[0-9.]+ +- +8 +-\n")
                .containsPattern("iGPT-L 40 labels +error +- +1.5 +- +- +26.8\n")
                .doesNotContain("SimCLR", "CIFAR-100", "ImageNet", " sd ");
        assertThat(igpt("report", "1", "--published").out())
                .containsPattern("(?s)cifar10 tiny probe AR .*CIFAR-10 SimCLR .*CIFAR-100 iGPT-L .*TABLE 2: ");
        assertThat(igpt("report", "--format", "json").out())
                .contains(
                        "{\"table\": \"table 1\", \"row\": \"CIFAR-10 ResNet-152\", \"metric\": \"accuracy\","
                                + " \"ours\": null, \"published\": 94.0, \"run\": null, \"standard_error\": null, \"images\": null}");
    }

    @Test
    void workThatAnotherRunDidIsReportedWithIt() {
        reproduce("name=cifar10"); // drawn images, whatever they are called
        assertThat(igpt("show", "1").out()).containsPattern("(?s)PROBES\n.*ATTEMPTS\n.*CHECKPOINTS\n.*PARAMETERS\n");
        reproduce("name=cifar10", "bert_learning_rate=0.02"); // another run, of the same work
        assertThat(igpt("report", "2", "--format", "csv").out())
                .containsPattern("table 1,cifar10 tiny probe AR,accuracy,[0-9.]+,,1,");
        assertThat(igpt("report", "2").out()).contains("cifar10 tiny probe AR").doesNotContain("iGPT-L 40", "CIFAR");
    }

    @Test
    void withoutACompleteRunTheUserIsToldWhatToDo() {
        assertThat(igpt("report").err())
                .contains("there is no complete reproduce yet")
                .hasLineCount(1);
        assertThat(igpt("report", "7").err()).isEqualTo("igpt: there is no run 7: ./igpt runs lists them\n");
    }

    @Test
    void everyPublishedRowIsThereOnce() {
        var published = Published.all();
        assertThat(published).hasSizeGreaterThan(60);
        assertThat(published.stream()
                        .map(one -> one.table() + one.row() + one.metric())
                        .collect(Collectors.toSet()))
                .hasSameSizeAs(published);
        assertThat(published)
                .extracting(Published::metric)
                .allMatch(Set.of("accuracy", "error", "sd", "points")::contains);
    }

    /** The layout of the official archive, with 60 images of noise to train on and 60 to test. */
    private Path cifar10() throws IOException {
        var folder = Files.createDirectories(home.resolve("archive"));
        var random = new Random(0);
        for (int batch = 1; batch <= 6; batch++) {
            var records = new byte[(batch == 6 ? 60 : 12) * 3073];
            random.nextBytes(records);
            for (int i = 0; i < records.length / 3073; i++) {
                records[i * 3073] = (byte) ((batch * 12 + i) % 10);
            }
            Files.write(folder.resolve(batch == 6 ? "test_batch.bin" : "data_batch_" + batch + ".bin"), records);
        }
        return folder;
    }

    private String number(String select) {
        return igpt("query", "--format", "csv", "select " + select)
                .out()
                .lines()
                .skip(1)
                .findFirst()
                .orElseThrow();
    }

    private Answer reproduce(String... more) {
        var tiny = "run reproduce images=60 resolution=4 colours=4 model=tiny batch=8 iterations=10 feature_batch=8 ";
        return igpt((tiny + String.join(" ", more)).strip().split(" "));
    }

    private Answer igpt(String... arguments) {
        return TestIgpt.askIgpt(home, arguments);
    }
}
