package igpt.sample;

import static igpt.prepare.DatasetRecipe.DATASET;
import static igpt.pretrain.ModelRecipe.MODEL;

import igpt.image.LeftOut;
import igpt.image.decode.BrokenImageException;
import igpt.prepare.NewImages;
import igpt.prepare.NewImagesReport;
import igpt.prepare.Preparation;
import igpt.recipe.DatasetRows;
import igpt.recipe.Input;
import igpt.recipe.ProgressReporter;
import igpt.recipe.RunArtifacts;
import igpt.recipe.RunContext;
import igpt.recipe.Tokenizers;
import igpt.schema.InputException;
import igpt.schema.artifact.Artifact;
import igpt.schema.artifact.Artifacts;
import igpt.schema.dataset.Datasets;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** All images that a run is to draw, in order: those drawn whole, then the completions image by image. */
@Component
record PromptReader(
        RunContext run,
        RunArtifacts artifacts,
        Artifacts rows,
        Datasets datasets,
        DatasetRows images,
        Tokenizers tokenizers,
        NewImagesReport report,
        ProgressReporter progress) {

    /** Of the user's own images, stores and names those that cannot be read. */
    List<Prompt> all(Artifact drawn) throws IOException {
        var parameters = run.parameters(SampleParameters.class);
        var all = new ArrayList<Prompt>();
        for (int number = 0; number < parameters.samples(); number++) {
            all.add(Prompt.whole(number));
        }
        if (parameters.completes()) {
            if (parameters.completesDataset()) {
                ofDataset(parameters, all);
            } else {
                ofFolder(parameters, drawn, all);
            }
        }
        return all;
    }

    private void ofDataset(SampleParameters parameters, List<Prompt> all) throws IOException {
        var dataset = artifacts.get(DATASET);
        var split = images.of(dataset, parameters.complete());
        if (split.count() == 0) {
            progress.say("dataset %s has no %s images to complete".formatted(dataset.name(), parameters.complete()));
        }
        for (int number = 0; number < split.count(parameters.prompts()); number++) {
            int[] tokens = new int[split.tokens().positions()];
            split.tokens().copy(number, tokens, 0);
            var source = parameters.complete() + "/" + split.ids()[number];
            add(
                    parameters.givenRows(split.tokens().grid().rows()),
                    tokens,
                    source,
                    split.labels()[number],
                    number,
                    all);
        }
    }

    /** In the order of the folder; shown to the model as its own images were. */
    private void ofFolder(SampleParameters parameters, Artifact drawn, List<Prompt> all) throws IOException {
        var model = artifacts.get(MODEL);
        var preparation = Preparation.of(model, rows, datasets);
        var tokenizer = tokenizers.of(model);
        int given = parameters.givenRows(tokenizer.grid().rows());
        try (var folder = NewImages.open(parameters.complete(), NewImages.Which.ALL, preparation)) {
            if (!folder.fingerprint()
                    .equals(run.inputs().get(Input.Images.class).source())) {
                throw new InputException(
                        "the images of %s have changed since this run began; start a new run".formatted(folder.name()));
            }
            byte[] rgb = new byte[3 * tokenizer.resolution() * tokenizer.resolution()];
            report.begin(drawn, folder.leftOut());
            var broken = new ArrayList<LeftOut.Skipped>();
            int number = 0;
            for (int place = 0; place < folder.count() && number < parameters.prompts(); place++) {
                try {
                    folder.read(place, rgb, tokenizer.resolution());
                    int[] tokens = SampleFiles.wide(tokenizer.encode(rgb));
                    add(given, tokens, folder.image(place).source(), -1, number++, all);
                } catch (BrokenImageException e) {
                    broken.add(new LeftOut.Skipped(folder.image(place).source(), e.reason()));
                }
            }
            report.skipAtOnce(drawn, broken);
            report.tell(drawn);
            report.sayWarnings(folder.takeWarnings());
            if (number == 0) {
                throw new InputException(
                        "none of the images can be read (named above): mend them, or give another folder");
            }
        }
    }

    private void add(int givenRows, int[] tokens, String source, int label, int number, List<Prompt> all) {
        int completions = run.parameters(SampleParameters.class).completions();
        for (int completion = 1; completion <= completions; completion++) {
            all.add(new Prompt(all.size(), tokens, source, label, number, completion, givenRows));
        }
    }
}
