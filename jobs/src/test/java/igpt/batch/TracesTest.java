package igpt.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import igpt.testjobs.TestIgpt;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TracesTest {

    @Test
    void jobsAndStepsReachTheCollectorThatIsNamed(@TempDir Path home) throws Exception {
        Queue<String> received = new ConcurrentLinkedQueue<>();
        var collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", exchange -> {
            received.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
        try {
            var endpoint = "http://127.0.0.1:" + collector.getAddress().getPort();
            try (var traces = Traces.begin(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint))) {
                assertThat(TestIgpt.ask(home, "run", "count", "to=2").code()).isZero();
                assertThat(traces).isNotNull();
            }
            assertThat(String.join("", received)).contains("igpt", "spring.batch.job", "count", "numbers", "total");
        } finally {
            collector.stop(0);
        }
    }
}
