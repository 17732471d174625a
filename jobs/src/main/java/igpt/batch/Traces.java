package igpt.batch;

import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.util.Map;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Jobs and steps of this process as traces for an OpenTelemetry collector. Nothing of this is loaded where none is named. */
public final class Traces {
    /** As OpenTelemetry names it: {@code http://localhost:4318}. */
    private static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private Traces() {}

    /** To be closed at the process's end. */
    public interface Until extends AutoCloseable {
        @Override
        void close();
    }

    /** @param environment that may name a collector, and this service */
    public static Until begin(Map<String, String> environment) {
        var endpoint = environment.getOrDefault(ENDPOINT, "").strip();
        return endpoint.isEmpty()
                ? () -> {}
                : Exporting.to(endpoint, environment.getOrDefault("OTEL_SERVICE_NAME", "igpt"));
    }

    /** A class of its own, so that the other is loaded without OpenTelemetry. */
    private static final class Exporting {
        static Until to(String endpoint, String service) {
            SLF4JBridgeHandler.removeHandlersForRootLogger(); // what it complains of belongs into the log
            SLF4JBridgeHandler.install();
            var exporter = OtlpHttpSpanExporter.builder()
                    .setEndpoint(endpoint.replaceFirst("/+$", "") + "/v1/traces")
                    .build();
            var named = Attributes.of(AttributeKey.stringKey("service.name"), service);
            var provider = SdkTracerProvider.builder()
                    .setResource(Resource.getDefault().merge(Resource.create(named)))
                    .addSpanProcessor(BatchSpanProcessor.builder(exporter).build())
                    .build();
            var telemetry =
                    OpenTelemetrySdk.builder().setTracerProvider(provider).build();
            var tracer = new OtelTracer(telemetry.getTracer("igpt"), new OtelCurrentTraceContext(), event -> {});
            Observations.handle(new DefaultTracingObservationHandler(tracer));
            return provider::close; // sends what is left
        }
    }
}
