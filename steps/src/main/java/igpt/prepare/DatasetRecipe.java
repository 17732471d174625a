package igpt.prepare;

import igpt.recipe.Input;
import igpt.recipe.Recipe;
import igpt.recipe.ResultTable;
import igpt.recipe.RunContext;
import igpt.recipe.StepDescription;
import igpt.schema.artifact.Artifact;
import igpt.schema.dataset.Datasets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tokens of images, their palette and classes. */
public final class DatasetRecipe extends Recipe {
    public static final Recipe DATASET = new DatasetRecipe();

    private DatasetRecipe() {
        super(Input.Dataset.KIND, 2);
    }

    @Override
    protected Optional<String> given(RunContext run) {
        return run.inputs().find(Input.Dataset.class).map(Input.Dataset::dataset);
    }

    @Override
    public List<StepDescription> steps() {
        return List.of(
                InventoryStep.INVENTORY,
                DecodeStep.DECODE,
                PaletteStep.PALETTE,
                QuantizeStep.QUANTIZE,
                PublishStep.PUBLISH);
    }

    @Override
    protected List<Object> dependsOn(RunContext run) {
        var p = run.parameters(PrepareParameters.class);
        var images = run.inputs().get(Input.Images.class);
        // What has no variants keeps the fingerprint it had when there were none to be had.
        String rows = p.variants() == 0 ? "" + p.partRows() : p.partRows() + " variants " + p.variants();
        return List.of(
                images.source(),
                images.palette() == null ? "fitted" : images.palette(),
                p.name(),
                p.resolution(),
                p.colours(),
                p.validation(),
                p.images(),
                p.seed(),
                rows);
    }

    @Override
    public List<ResultTable> results(JdbcClient jdbc, List<Artifact> artifacts) {
        var datasets = new Datasets(jdbc);
        var findings = ResultTable.ofDetails("findings", "finding", "what", "files");
        var skipped = ResultTable.ofDetails("skipped", "skipped", "reason");
        var allSkipped = "";
        for (var artifact : artifacts) {
            datasets.findings(artifact.id())
                    .forEach(f -> findings.row(f.kind().name().toLowerCase(Locale.ROOT), f.what(), f.files()));
            datasets.skipped(artifact.id()).forEach(image -> skipped.row(image.source(), image.reason()));
            allSkipped =
                    "./igpt query \"select source, reason from skipped_images where run = " + artifact.run() + "\"";
        }
        return List.of(findings, skipped.withAllBy(allSkipped));
    }
}
