package igpt.schema.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import igpt.schema.JobAtWork;
import igpt.schema.OtherJvm;
import igpt.schema.TestDatabase;
import igpt.schema.UserException;
import igpt.schema.artifact.Metrics;
import igpt.schema.artifact.model.Checkpoints;
import igpt.schema.db.Database;
import igpt.schema.run.RunFilter;
import igpt.schema.run.RunHistory;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Several processes and one database; some of them are killed. */
@ParameterizedClass
@MethodSource("igpt.schema.TestDatabase#each")
class ProcessesTest {

    private final TestDatabase place;

    ProcessesTest(TestDatabase.Opener opener) {
        place = opener.open();
    }

    @AfterEach
    void close() {
        place.close();
    }

    @Test
    void whatAKilledProcessCommittedIsThereForTheNext() throws Exception {
        for (int kill = 0; kill < 3; kill++) {
            long committed = 0;
            try (var job = job()) {
                job.awaitLine("at work");
                var lines = 20 + 7 * kill;
                for (int line = 0; line < lines; line++) {
                    committed = Long.parseLong(job.awaitLine("committed").substring("committed ".length()));
                }
                job.kill();
            }
            try (var next = Database.forJob(place.settings());
                    var lock = next.lock(1)) {
                assertThat(lock.held()).isTrue();
                var checkpoints = new Checkpoints(next.jdbc()).all(1);
                assertThat(checkpoints)
                        .hasSizeGreaterThanOrEqualTo((int) committed)
                        .allSatisfy(checkpoint -> assertThat(place.folder().resolve(checkpoint.path()))
                                .exists());
                assertThat(new Metrics(next.jdbc()).series(1, "train_nats")).hasSameSizeAs(checkpoints);
                assertThat(new RunHistory(next).run(1).orElseThrow().attempts()).hasSize(kill + 1);
            }
        }
    }

    @Test
    void aLiveRunIsRefusedWithItsProcessAndHostAndFreeOnceItIsKilled() throws Exception {
        try (var job = job()) {
            job.awaitLine("committed 3");
            assertThatThrownBy(this::lockTheRun)
                    .isInstanceOf(UserException.class)
                    .hasMessageContaining("in progress: process " + job.pid() + " on "
                            + Holder.self().host())
                    .hasMessageNotContaining("\n");
            job.kill();
        }
        lockTheRun();
    }

    private void lockTheRun() {
        try (var database = Database.forJob(place.settings());
                var lock = database.lock(1)) {
            assertThat(lock.held()).isTrue();
        }
    }

    @Test
    void readersReadWhileAJobIsAtWorkAndSeeWhoIs() throws Exception {
        try (var job = job()) {
            job.awaitLine("committed 3");
            try (var one = Database.forReading(place.settings());
                    var other = Database.forReading(place.settings())) {
                for (var reader : new Database[] {one, other}) {
                    var run = new RunHistory(reader).runs(RunFilter.ALL).get(0);
                    assertThat(run.status()).isEqualTo("STARTED");
                    assertThat(run.lastLoss()).isLessThanOrEqualTo(1.0 / 3);
                    assertThat(reader.holder(1)).hasValueSatisfying(holder -> {
                        assertThat(holder.pid()).isEqualTo(job.pid());
                        assertThat(holder.alive()).isTrue();
                    });
                    assertThat(reader.holder(2)).isEmpty();
                }
            }
            job.awaitLine("committed");
        }
    }

    /** Each of the job's commits has a checkpoint and its metric. */
    @Test
    void whoReadsSeesNoHalfOfACommit() throws Exception {
        try (var job = job()) {
            job.awaitLine("committed 3");
            for (int reader = 0; reader < 12; reader++) {
                try (var database = Database.forReading(place.settings())) {
                    var counts = database.jdbc()
                            .sql("select (select count(*) from checkpoint), (select count(*) from metric)")
                            .query((row, number) -> List.of(row.getLong(1), row.getLong(2)))
                            .single();
                    assertThat(counts.get(0)).isEqualTo(counts.get(1)).isGreaterThanOrEqualTo(3);
                }
                job.awaitLine("committed");
            }
        }
    }

    @Test
    void aKilledRunIsSeenAsKilled() throws Exception {
        try (var job = job()) {
            job.awaitLine("committed 3");
            job.kill();
        }
        try (var one = Database.forReading(place.settings());
                var other = Database.forReading(place.settings())) {
            assertThat(one.holder(1)).isEmpty();
            assertThat(new RunHistory(one).run(1).orElseThrow().newest().status())
                    .isEqualTo("KILLED");
            assertThat(new RunHistory(other).runs(new RunFilter("pretrain", "killed", null, 5)))
                    .hasSize(1);
            assertThat(new RunHistory(other).runs(new RunFilter(null, "STARTED", null, 5)))
                    .isEmpty();
        }
    }

    @Test
    void aRunIsFreeOnceItsLockIsClosed() {
        var database = place.database();
        database.lock(1).close();
        try (var again = database.lock(1)) {
            assertThat(again.run()).isEqualTo(1);
            assertThat(database.holder(1)).contains(Holder.self());
        }
        assertThat(database.holder(1)).isEmpty();
    }

    private OtherJvm job() throws IOException {
        var settings = place.settings();
        return OtherJvm.start(
                JobAtWork.class, settings.runs().toString(), settings.url() == null ? "" : settings.url());
    }
}
