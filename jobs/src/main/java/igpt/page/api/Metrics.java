package igpt.page.api;

import igpt.batch.Observations;
import igpt.page.RunReader;
import igpt.schema.run.Run;
import igpt.schema.run.RunFilter;
import igpt.schema.run.RunHistory;
import igpt.schema.run.StepProgress;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * For Prometheus: how the runs go that are under way, whichever process works on them, as they say in the database; and
 * Spring Batch's own observations of those of this process.
 */
@RestController
final class Metrics {
    private static final int MOST = 100; // runs at a time
    private static final String TEXT = "text/plain;version=0.0.4;charset=utf-8";

    private final RunReader reader;
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final List<Gauge> gauges = List.of(
            gauge("igpt.step.done", "how far the step is, in its unit", one -> (double) one.progress.done()),
            gauge("igpt.step.goal", "of the same; 0: not known", one -> (double) one.progress.total()),
            gauge("igpt.step.rate", "of the last half minute, in unit a second", one -> one.progress.rate()),
            gauge("igpt.step.seconds.left", "at that rate", one -> one.progress.secondsLeft()),
            gauge("igpt.loss", "of the last iteration, in nats a pixel", one -> one.progress.loss()),
            gauge("igpt.checkpoint.seconds", "to write the last one", one -> one.progress.checkpointSeconds()),
            gauge("igpt.run.silent", "1: not heard of for a while", one -> one.run.silent() ? 1.0 : 0.0));

    Metrics(RunReader reader) {
        this.reader = reader;
        new JvmMemoryMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        Observations.handle(new DefaultMeterObservationHandler(registry));
    }

    /** A step of a run that is under way. */
    private record Moving(Run run, StepProgress progress) {
        Tags tags() {
            var unit = progress.rateUnit() == null ? progress.unit() : progress.rateUnit();
            return Tags.of("run", String.valueOf(run.run()), "job", run.job(), "step", progress.step(), "unit", unit);
        }
    }

    private record Gauge(MultiGauge meter, Function<Moving, @Nullable Double> value) {
        void set(List<Moving> all) {
            var rows = new ArrayList<MultiGauge.Row<?>>();
            for (var one : all) {
                var now = value.apply(one);
                if (now != null) {
                    rows.add(MultiGauge.Row.of(one.tags(), now));
                }
            }
            meter.register(rows, true);
        }
    }

    private Gauge gauge(String name, String description, Function<Moving, @Nullable Double> value) {
        return new Gauge(MultiGauge.builder(name).description(description).register(registry), value);
    }

    @GetMapping("/metrics")
    @Says("For Prometheus.")
    synchronized ResponseEntity<String> metrics() {
        var moving = reader.read(database -> {
            var history = new RunHistory(database);
            var all = new ArrayList<Moving>();
            for (var run : history.runs(new RunFilter(null, "STARTED", null, MOST))) {
                history.progress(run.run()).stream()
                        .filter(progress -> progress.attempt() == run.attempt()
                                && progress.step().equals(run.step()))
                        .forEach(progress -> all.add(new Moving(run, progress)));
            }
            return all;
        });
        gauges.forEach(gauge -> gauge.set(moving));
        return ResponseEntity.ok().contentType(MediaType.parseMediaType(TEXT)).body(registry.scrape());
    }
}
