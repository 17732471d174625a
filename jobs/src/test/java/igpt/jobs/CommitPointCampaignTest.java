package igpt.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The whole chain on every kind of source, killed once at each of its commit points: when a step begins, when a call begins,
 * when its files are written and its rows are not committed, right after the commit, and when the step has ended.
 */
@Tag(Campaign.TAG)
class CommitPointCampaignTest {
    private static final int MOST = 200;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path root;

    enum Source {
        SHAPES {
            @Override
            String draw(Path folder) {
                return "shapes";
            }
        },
        JPEG {
            @Override
            String draw(Path folder) throws IOException {
                Photos.draw(folder, 50, "jpg");
                return folder.toString();
            }
        },
        PNG {
            @Override
            String draw(Path folder) throws IOException {
                Photos.draw(folder, 50, "png");
                return folder.toString();
            }
        },
        CIFAR {
            @Override
            String draw(Path folder) throws IOException {
                var random = new Random(0);
                Files.createDirectories(folder);
                for (var name : new String[] {
                    "data_batch_1", "data_batch_2", "data_batch_3", "data_batch_4", "data_batch_5", "test_batch"
                }) {
                    var records = ByteBuffer.allocate(20 * (1 + 3072));
                    for (int i = 0; i < 20; i++) {
                        var pixels = new byte[3072];
                        random.nextBytes(pixels);
                        records.put((byte) (i % 10)).put(pixels);
                    }
                    Files.write(folder.resolve(name + ".bin"), records.array());
                }
                Files.writeString(folder.resolve("batches.meta.txt"), "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n");
                return folder.toString();
            }
        },
        IDX {
            @Override
            String draw(Path folder) throws IOException {
                var random = new Random(0);
                Files.createDirectories(folder);
                for (var split : new String[] {"train", "t10k"}) {
                    var images = ByteBuffer.allocate(16 + 100 * 64);
                    images.putInt(0x0803).putInt(100).putInt(8).putInt(8);
                    var labels = ByteBuffer.allocate(8 + 100);
                    labels.putInt(0x0801).putInt(100);
                    for (int i = 0; i < 100; i++) {
                        var pixels = new byte[64];
                        random.nextBytes(pixels);
                        images.put(pixels);
                        labels.put((byte) (i % 4));
                    }
                    Files.write(folder.resolve(split + "-images-idx3-ubyte"), images.array());
                    Files.write(folder.resolve(split + "-labels-idx1-ubyte"), labels.array());
                }
                return folder.toString();
            }
        };

        abstract String draw(Path folder) throws IOException;
    }

    @ParameterizedTest
    @EnumSource
    void aRunKilledAtEveryCommitPointEndsInTheSameBytes(Source source) throws Exception {
        var run = new String[] {
            "run",
            "reproduce",
            "data=" + source.draw(root.resolve("data")),
            "images=100",
            "resolution=4",
            "colours=8",
            "part_rows=64",
            "model=tiny",
            "batch=8",
            "iterations=20",
            "save_every=10",
            "validation_images=8",
            "feature_batch=16",
            "untrained=false"
        };
        var undisturbed = Workplace.in(root.resolve("undisturbed"));
        undisturbed.run(0, run);
        var killed = Workplace.in(root.resolve("killed"));
        int kills = 0;
        while (killed.killAtNext(run)) {
            kills++;
            assertThat(kills).isLessThan(MOST);
        }
        System.out.printf(
                "%s: %d kills, %d files%n", source, kills, undisturbed.files().size());
        assertThat(kills).isGreaterThan(20);
        assertThat(killed.files()).isEqualTo(undisturbed.files());
        assertThat(killed.rows()).isEqualTo(undisturbed.rows());
    }
}
