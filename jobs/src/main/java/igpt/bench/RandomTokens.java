package igpt.bench;

import igpt.model.ModelConfig;
import igpt.tokenizer.Grid;
import igpt.train.Augmentation;
import igpt.train.Batches;
import igpt.train.Masks;
import igpt.train.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Random;

/** Batches in random order, as training takes them, from a file of random tokens that lies in the page cache. */
final class RandomTokens {
    private RandomTokens() {}

    static Batches batches(ModelConfig config, int images, int batch) throws IOException {
        var file = Files.createTempFile("igpt-bench", ".tokens");
        try {
            Files.write(file, tokens(images * config.positions(), config.colours()));
            var tokens = Tokens.map(file, new Grid(1, config.positions()));
            return new Batches(tokens, new int[0], batch, 0, new Masks(0.15, 0), Augmentation.NONE);
        } finally {
            Files.delete(file); // what is mapped stays
        }
    }

    /** Little-endian uint16. */
    private static byte[] tokens(int count, int colours) {
        var random = new Random(0);
        var bytes = new byte[2 * count];
        for (int i = 0; i < count; i++) {
            int token = random.nextInt(colours);
            bytes[2 * i] = (byte) token;
            bytes[2 * i + 1] = (byte) (token >> 8);
        }
        return bytes;
    }
}
