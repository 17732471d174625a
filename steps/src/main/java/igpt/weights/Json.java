package igpt.weights;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The small files next to Hugging Face's weights. */
final class Json {
    private static final long LARGEST = 1 << 24;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private Json() {}

    /** @throws igpt.schema.UserException if it is no object */
    static JsonNode read(Path file) throws IOException {
        if (Files.size(file) > LARGEST) {
            throw Refusal.of(file, "it has %,d bytes; at most %,d are read".formatted(Files.size(file), LARGEST));
        }
        try {
            var json = MAPPER.readTree(Files.readAllBytes(file));
            if (!json.isObject()) {
                throw Refusal.of(file, "it is no JSON object");
            }
            return json;
        } catch (JsonProcessingException e) {
            throw Refusal.of(file, "it is no JSON: " + Refusal.line(e.getOriginalMessage()));
        }
    }

    static void write(Path file, Object value) throws IOException {
        Files.writeString(file, MAPPER.writeValueAsString(value) + "\n");
    }
}
