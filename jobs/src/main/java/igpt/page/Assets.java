package igpt.page;

import igpt.report.chart.Ink;
import igpt.schema.file.Checksums;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** How pages look, and what runs in the browser: all from the program's own jars. */
@RestController
final class Assets {
    private static final MediaType CSS = MediaType.parseMediaType("text/css;charset=UTF-8");
    private static final MediaType SCRIPT = MediaType.parseMediaType("text/javascript;charset=UTF-8");
    private static final MediaType SVG = MediaType.parseMediaType("image/svg+xml");
    private static final String WEBJARS = "META-INF/resources/webjars/";

    private record Asset(MediaType type, byte[] bytes, String tag) {}

    private final Map<String, Asset> byName = new LinkedHashMap<>();

    Assets() throws IOException {
        add("style.css", CSS, "igpt/page/style.css");
        add("page.js", SCRIPT, "igpt/page/page.js");
        add("icon.svg", SVG, "igpt/page/icon.svg");
        add("htmx.js", SCRIPT, WEBJARS + "htmx.org/*/dist/htmx.min.js");
        add("uplot.js", SCRIPT, WEBJARS + "uplot/*/dist/uPlot.iife.min.js");
        add("uplot.css", CSS, WEBJARS + "uplot/*/dist/uPlot.min.css");
        add("colours.css", CSS, Ink.css().getBytes(StandardCharsets.UTF_8));
    }

    private void add(String name, MediaType type, String pattern) throws IOException {
        var found = new PathMatchingResourcePatternResolver().getResources("classpath*:" + pattern);
        if (found.length != 1) {
            throw new IllegalStateException(found.length + " of " + pattern);
        }
        add(name, type, found[0].getContentAsByteArray());
    }

    private void add(String name, MediaType type, byte[] bytes) {
        var tag = Checksums.sha256OfText(new String(bytes, StandardCharsets.ISO_8859_1));
        byName.put(name, new Asset(type, bytes, tag));
    }

    /** Asked for every time, and sent when it has changed: another version of the program looks as it should. */
    @GetMapping("/assets/{name}")
    ResponseEntity<byte[]> asset(@PathVariable("name") String name) {
        var asset = byName.get(name);
        if (asset == null) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noCache())
                .eTag(asset.tag())
                .contentType(asset.type())
                .body(asset.bytes());
    }
}
