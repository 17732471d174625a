package igpt.page.view;

import igpt.report.chart.Diagram;
import igpt.report.html.Block;
import igpt.report.html.Block.Drawn;
import igpt.schema.artifact.Artifact;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** SVG as the page's policy allows it: without styles in the elements, which it cannot tell from an attacker's. */
final class Drawings {
    private static final Pattern STYLE = Pattern.compile("(<[a-z]+\\b[^<>]*?) style='([^'<>]*)'");

    private Drawings() {}

    /** Each style as an attribute of its own, which means the same. */
    static String plain(String svg) {
        return STYLE.matcher(svg)
                .replaceAll(found -> Matcher.quoteReplacement(found.group(1) + attributes(found.group(2))));
    }

    private static String attributes(String style) {
        return Arrays.stream(style.split(";"))
                .filter(one -> one.contains(":"))
                .map(one -> one.split(":", 2))
                .map(one -> " " + one[0].strip() + "='" + one[1].strip() + "'")
                .collect(Collectors.joining());
    }

    static Block plain(Block block) {
        return block instanceof Drawn drawn
                ? new Drawn(
                        drawn.title(), drawn.caption(), drawn.alternative(), plain(drawn.wide()), plain(drawn.narrow()))
                : block;
    }

    /** The lineage, whose boxes lead to the runs that made them. */
    static Drawn linked(Drawn lineage, List<Artifact> artifacts) {
        var addresses = new LinkedHashMap<Long, String>();
        artifacts.forEach(artifact -> addresses.put(artifact.id(), "/runs/" + artifact.run()));
        return new Drawn(
                lineage.title(),
                lineage.caption(),
                lineage.alternative(),
                Diagram.linked(plain(lineage.wide()), addresses),
                "");
    }
}
