package igpt.report.html;

import igpt.report.figure.LayerFigure;
import igpt.report.figure.Results;
import igpt.report.figure.Results.Probed;
import igpt.report.figure.Words;
import igpt.report.html.Block.Cell;
import igpt.schema.Counts;
import igpt.schema.artifact.classifier.TestedLayer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The numbers of Figure 2. */
final class LayerTables {
    private LayerTables() {}

    static List<Block> of(Results results) {
        var tables = new ArrayList<Block>();
        LayerFigure.byDataset(results).forEach((dataset, models) -> tables.add(of(dataset, models)));
        return tables;
    }

    private static Block of(String dataset, List<Probed> models) {
        var columns = new ArrayList<String>(List.of("layer"));
        var networks = List.of("trained", "untrained", "pixels", "concat");
        var lists = new ArrayList<List<TestedLayer>>();
        for (var model : models) {
            for (var network : networks) {
                var layers = model.of(network);
                if (!layers.isEmpty()) {
                    columns.add((models.size() > 1 ? model.model() + ", " : "") + name(network));
                    lists.add(layers);
                }
            }
        }
        var rows = lists.stream()
                .flatMap(List::stream)
                .map(TestedLayer::layer)
                .collect(Collectors.toCollection(TreeSet::new));
        var grid = Grids.of(columns);
        for (int layer : rows) {
            var cells = new ArrayList<Cell>(List.of(new Cell(String.valueOf(layer), true)));
            lists.forEach(layers -> cells.add(layers.stream()
                    .filter(one -> one.layer() == layer)
                    .findFirst()
                    .map(LayerTables::cell)
                    .orElse(new Cell("", true))));
            grid.row(cells);
        }
        return grid.captioned(
                "Test accuracy in per cent on %s of %s, ± standard error; * the best layer on validation images"
                        .formatted(Counts.of(models.get(0).best().images(), "image"), dataset));
    }

    private static String name(String network) {
        return switch (network) {
            case "trained" -> "pre-trained";
            case "pixels" -> "raw pixels";
            case "concat" -> "several layers around it";
            default -> network;
        };
    }

    private static Cell cell(TestedLayer layer) {
        boolean marked = layer.best() && (layer.trained() || layer.network().equals("untrained"));
        return new Cell(Words.accuracy(layer.accuracy(), layer.images()) + (marked ? " *" : "  "), true);
    }
}
