package igpt.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igpt.graph.Network;
import igpt.model.Tap;
import igpt.model.Weights;
import igpt.schema.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.FileSystemUtils;

class PublishedModelTest {
    /** Of losses and features; the expected ones are computed in float64. */
    private static final double CLOSE = 1e-6;

    /** What no two different models come near. */
    private static final double APART = 1e-4;

    private static Network network;

    @TempDir
    private Path folder;

    @BeforeAll
    static void open() {
        network = new Network(Fixture.CONFIG, Fixture.IMAGES, 1);
    }

    @AfterAll
    static void close() {
        network.close();
    }

    @Test
    void openAisFilesComputeWhatTheyShould() throws IOException {
        var model = PublishedModel.open(Fixture.OPENAI, null);
        assertThat(model.weights().config()).isEqualTo(Fixture.CONFIG);
        assertThat(model.iteration()).isEqualTo(1000);
        assertThat(model.resolution()).isEqualTo(4);
        assertThat(Fixture.error(network, model.weights(), folder)).isLessThan(CLOSE);
        assertThat(Fixture.distance(network.logits(Fixture.images()), Fixture.expected("logits")))
                .isLessThan(1e-5);
    }

    @Test
    void huggingFacesFilesComputeTheSame() throws IOException {
        var model = PublishedModel.open(Fixture.HUGGINGFACE, null);
        assertThat(model.weights().config()).isEqualTo(Fixture.CONFIG);
        assertThat(model.palette().values())
                .isEqualTo(PublishedModel.open(Fixture.OPENAI, null).palette().values());
        assertThat(Fixture.error(network, model.weights(), folder)).isLessThan(CLOSE);
        assertThat(Fixture.distance(network.logits(Fixture.images()), Fixture.expected("logits")))
                .isLessThan(1e-5);
        for (var weight : Weights.of(Fixture.CONFIG)) {
            assertThat(model.weights().read(weight.name())).as(weight.name()).isEqualTo(openAi().read(weight.name()));
        }
    }

    @Test
    void soDoFilesInShards() throws IOException {
        var tensors = SafetensorsFile.open(Fixture.HUGGINGFACE.resolve(HuggingFace.WEIGHTS));
        copy(Fixture.HUGGINGFACE);
        Files.delete(folder.resolve(HuggingFace.WEIGHTS));
        var weightMap = new TreeMap<String, String>();
        for (int shard = 0; shard < 2; shard++) {
            var part = new TreeMap<String, TensorInfo>();
            for (var tensor : tensors.tensors().entrySet()) {
                if (tensor.getKey().contains(".1.") == (shard == 1)) {
                    part.put(tensor.getKey(), tensor.getValue());
                    weightMap.put(tensor.getKey(), "model-%d.safetensors".formatted(shard));
                }
            }
            SafetensorsWriter.write(folder.resolve("model-%d.safetensors".formatted(shard)), part, tensors::read);
        }
        Json.write(folder.resolve("model.safetensors.index.json"), Map.of("weight_map", weightMap));
        var model = PublishedModel.open(folder, null);
        assertThat(model.files()).hasSize(5);
        assertThat(Fixture.error(network, model.weights(), folder)).isLessThan(CLOSE);
        Files.delete(folder.resolve("model-1.safetensors"));
        refused("is in model-1.safetensors, which is not there");
    }

    @Test
    void itsFingerprintIsThatOfItsFilesAsTheyAreNow() throws IOException {
        copy(Fixture.HUGGINGFACE);
        var model = PublishedModel.open(folder, null);
        var before = model.fingerprint();
        assertThat(model.fingerprint()).isEqualTo(before);
        assertThat(PublishedModel.open(Fixture.HUGGINGFACE, null).fingerprint()).isEqualTo(before);
        var weights = folder.resolve(HuggingFace.WEIGHTS);
        var bytes = Files.readAllBytes(weights);
        bytes[bytes.length - 1] ^= 1;
        Files.write(weights, bytes);
        Files.setLastModifiedTime(weights, FileTime.fromMillis(1)); // whatever the file system's clock
        assertThat(model.fingerprint()).isNotEqualTo(before);
    }

    /** Or the tests above might pass with weights mixed up. */
    @Test
    void oneNumberOfAnyTensorMatters() throws IOException {
        var openAi = TensorFlowCheckpoint.open(Fixture.OPENAI.resolve("model.ckpt-1000"));
        for (var tensor : openAi.tensors().keySet()) {
            var other = OpenAiWeights.of(new Changed(openAi, tensor));
            assertThat(Fixture.error(network, other, folder)).as(tensor).isGreaterThan(APART);
        }
        var huggingFace = SafetensorsFile.open(Fixture.HUGGINGFACE.resolve(HuggingFace.WEIGHTS));
        for (var tensor : huggingFace.tensors().keySet()) {
            var changed = new Changed(huggingFace, tensor);
            if (tensor.endsWith(".bias")) {
                assertThatThrownBy(() -> HuggingFaceWeights.of(changed, Fixture.CONFIG))
                        .isInstanceOf(UserException.class)
                        .hasMessageContaining(tensor + " is not zero");
            } else {
                var other = HuggingFaceWeights.of(changed, Fixture.CONFIG);
                assertThat(Fixture.error(network, other, folder)).as(tensor).isGreaterThan(APART);
            }
        }
    }

    /** Older files of Hugging Face's hold the causal masks; OpenAI's may hold what training needed. */
    @Test
    void whatIsNoWeightIsPassedOver() throws IOException {
        copy(Fixture.HUGGINGFACE);
        var safetensors = SafetensorsFile.open(Fixture.HUGGINGFACE.resolve(HuggingFace.WEIGHTS));
        var theirs = new TreeMap<>(safetensors.tensors());
        theirs.put("transformer.h.1.attn.bias", TensorInfo.floats(1, 1, 16, 16));
        theirs.put("transformer.h.1.attn.masked_bias", TensorInfo.floats());
        SafetensorsWriter.write(folder.resolve(HuggingFace.WEIGHTS), theirs, with(safetensors, theirs));
        assertThat(Fixture.error(network, PublishedModel.open(folder, null).weights(), folder))
                .isLessThan(CLOSE);

        var prefix = folder.resolve("model.ckpt-5");
        var checkpoint = TensorFlowCheckpoint.open(Fixture.OPENAI.resolve("model.ckpt-1000"));
        var openAis = new TreeMap<>(checkpoint.tensors());
        openAis.put("beta1_power", TensorInfo.floats());
        openAis.put("model/h0/ln_1/g/Adam", TensorInfo.floats(16));
        openAis.put("model/h0/ln_1/g/Adam_1", TensorInfo.floats(16));
        TensorFlowCheckpointWriter.write(prefix, openAis, with(checkpoint, openAis));
        var model = PublishedModel.open(prefix, Fixture.OPENAI.resolve("kmeans_centers.npy"));
        assertThat(Fixture.error(network, model.weights(), folder)).isLessThan(CLOSE);
    }

    /** The file's, and of what is not in it some number. */
    private static TensorValues with(TensorFile file, Map<String, TensorInfo> all) {
        return name -> {
            if (file.tensors().containsKey(name)) {
                return file.read(name);
            }
            var values = new float[(int) Objects.requireNonNull(all.get(name)).size()];
            Arrays.fill(values, -1e4f);
            return values;
        };
    }

    @Test
    void aModelWithoutSosIsABert() throws IOException {
        var prefix = folder.resolve("model.ckpt-7");
        TensorFlowCheckpointWriter.write(prefix, OpenAiWeights.tensors(Fixture.BERT, 0), openAi()::read);
        var model = PublishedModel.open(prefix, Fixture.OPENAI.resolve("kmeans_centers.npy"));
        assertThat(model.weights().config()).isEqualTo(Fixture.BERT);
        OurWeights.write(folder.resolve("weights"), model.weights());
        try (var bert = new Network(Fixture.BERT, Fixture.IMAGES, 1)) {
            bert.restoreWeights(folder.resolve("weights"));
            assertThat(Fixture.distance(bert.evaluate(Fixture.images()), Fixture.expected("bert_nats")))
                    .isLessThan(CLOSE);
            assertThat(Fixture.distance(
                            bert.features(Fixture.images(), Tap.MEAN_NORM), Fixture.expected("bert_features_norm")))
                    .isLessThan(CLOSE);
            assertThat(Fixture.distance(bert.logits(Fixture.images()), Fixture.expected("bert_logits")))
                    .isLessThan(1e-5);
        }
    }

    /** What TensorFlow itself saves is read, moments and all. */
    @Test
    void aCheckpointOfOursIsOneOfOpenAis() throws IOException {
        network.initialize(5);
        network.save(folder.resolve("weights"));
        var ours = OurWeights.open(folder.resolve("weights"), Fixture.CONFIG, null);
        var theirs = OpenAiWeights.of(TensorFlowCheckpoint.open(folder.resolve("weights")));
        for (var weight : Weights.of(Fixture.CONFIG)) {
            assertThat(ours.read(weight.name()))
                    .isEqualTo(network.get(weight.name()))
                    .isEqualTo(theirs.read(weight.name()));
        }
    }

    @Test
    void thereAndBackAreTheSameBytes() throws IOException {
        var huggingFace = folder.resolve("model.safetensors");
        SafetensorsWriter.write(
                huggingFace, HuggingFaceWeights.tensors(Fixture.CONFIG, 0), HuggingFaceWeights.values(openAi()));
        var original = SafetensorsFile.open(Fixture.HUGGINGFACE.resolve(HuggingFace.WEIGHTS));
        var written = SafetensorsFile.open(huggingFace);
        assertThat(written.tensors()).isEqualTo(original.tensors());
        for (var tensor : original.tensors().keySet()) {
            assertThat(written.read(tensor)).as(tensor).isEqualTo(original.read(tensor));
        }
        var back = HuggingFaceWeights.of(written, Fixture.CONFIG);
        TensorFlowCheckpointWriter.write(
                folder.resolve("back"), OpenAiWeights.tensors(Fixture.CONFIG, 0), OpenAiWeights.values(back));
        var again = TensorFlowCheckpoint.open(folder.resolve("back"));
        for (var weight : Weights.of(Fixture.CONFIG)) {
            assertThat(again.read(weight.name())).as(weight.name()).isEqualTo(openAi().read(weight.name()));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"model_type\": \"imagegpt\"       | \"model_type\": \"gpt2\"          | model_type is 'gpt2', not imagegpt",
                "\"quick_gelu\"                     | \"gelu\"                          | activation_function is \"gelu\"; only what is computed with quick_gelu can be taken",
                "\"layer_norm_epsilon\": 1e-05      | \"layer_norm_epsilon\": 1e-06     | layer_norm_epsilon is 1.0E-6",
                "\"tie_word_embeddings\": false     | \"tie_word_embeddings\": true     | tie_word_embeddings is true",
                "\"scale_attn_weights\": true       | \"scale_attn_weights\": 0         | scale_attn_weights is 0",
                "\"scale_attn_by_inverse_layer_idx\": false | \"scale_attn_by_inverse_layer_idx\": true | scale_attn_by_inverse_layer_idx is true",
                "\"add_cross_attention\": false     | \"add_cross_attention\": true      | add_cross_attention is true",
                "\"n_inner\": null                  | \"n_inner\": 32                   | n_inner is 32, not 4 n_embd",
                "\"n_layer\": 2                     | \"n_layer\": 3                    | tensor transformer.h.2.attn.c_attn.bias is missing",
                "\"n_layer\": 2                     | \"n_layer\": 1                    | tensor transformer.h.1.attn.c_attn.bias is not one of an Image GPT",
                "\"n_head\": 2                      | \"n_head\": 3                     | heads is 3; it must divide the width, 16",
                "\"n_positions\": 16                | \"n_positions\": 17               | tensor transformer.wpe.weight has the shape [16, 16]; in an Image GPT of this size it is [17, 16]",
                "\"vocab_size\": 9                  | \"vocab_size\": \"9\"             | vocab_size is \"9\": it must be a whole number",
                "\"vocab_size\": 9                  | \"vocab_size\": 9, \"n_head\": 2  | it is no JSON: Duplicate field 'n_head'",
            })
    void whatComputesOtherwiseIsRefused(String from, String to, String reason) throws IOException {
        copy(Fixture.HUGGINGFACE);
        var config = folder.resolve(HuggingFace.CONFIG);
        var changed = Files.readString(config).replace(from, to);
        assertThat(changed).isNotEqualTo(Files.readString(config));
        Files.writeString(config, changed);
        refused(reason);
    }

    @Test
    void whatIsNoImageGptIsRefused() throws IOException {
        refused("holds no published model");
        Files.copy(Fixture.HUGGINGFACE.resolve(HuggingFace.CONFIG), folder.resolve(HuggingFace.CONFIG));
        refused("there is no " + folder.resolve(HuggingFace.WEIGHTS));
        Files.writeString(folder.resolve("pytorch_model.bin"), "PK");
        refused("is a Python pickle");
        Files.delete(folder.resolve(HuggingFace.CONFIG));
        TensorFlowCheckpointWriter.write(
                folder.resolve("model.ckpt-1"),
                new TreeMap<>(Map.of("bert/embeddings", TensorInfo.floats(2))),
                name -> new float[2]);
        refused("tensor model/h0/attn/q_proj is missing: this is no Image GPT");
        var tensors = OpenAiWeights.tensors(Fixture.CONFIG, 0);
        tensors.remove("model/h1/ln_2/g");
        TensorFlowCheckpointWriter.write(folder.resolve("model.ckpt-1"), tensors, openAi()::read);
        refused("tensor model/h1/ln_2/g is missing");
        tensors.put("model/h1/ln_2/g", TensorInfo.floats(16));
        tensors.put("model/h1/attn/c_attn", TensorInfo.floats(1));
        TensorFlowCheckpointWriter.write(
                folder.resolve("model.ckpt-1"),
                tensors,
                name -> name.endsWith("c_attn") ? new float[1] : openAi().read(name));
        refused("tensor model/h1/attn/c_attn is not one of an Image GPT");
        tensors.remove("model/h1/attn/c_attn");
        TensorFlowCheckpointWriter.write(folder.resolve("model.ckpt-1"), tensors, openAi()::read);
        refused("there is no palette " + folder.resolve("kmeans_centers.npy"));
    }

    private void refused(String reason) {
        assertThatThrownBy(() -> PublishedModel.open(folder, null))
                .isInstanceOf(UserException.class)
                .hasMessageContaining(reason)
                .hasMessageContaining(folder.toString())
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }

    private static ModelWeights openAi() throws IOException {
        return PublishedModel.open(Fixture.OPENAI, null).weights();
    }

    private void copy(Path from) throws IOException {
        FileSystemUtils.copyRecursively(from, folder);
    }

    /** The same tensors, but for one number of one of them. */
    private record Changed(TensorFile file, String tensor) implements TensorFile {
        @Override
        public Path path() {
            return file.path();
        }

        @Override
        public List<Path> files() {
            return file.files();
        }

        @Override
        public Map<String, TensorInfo> tensors() {
            return file.tensors();
        }

        @Override
        public float[] read(String name) throws IOException {
            var values = file.read(name);
            if (name.equals(tensor)) {
                values[values.length / 2] += 0.25f;
            }
            return values;
        }
    }
}
