package igpt.schema;

import static org.assertj.core.api.Assertions.assertThat;

import igpt.schema.db.Database;
import igpt.schema.query.UserZone;
import igpt.schema.run.RunFilter;
import igpt.schema.run.RunHistory;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Times are instants, whoever writes and whoever reads them. */
@Isolated
@ParameterizedClass
@MethodSource("igpt.schema.TestDatabase#each")
class TimesTest {

    private static final String LATEST = "select * from run_history order by execution desc fetch first row only";

    private final TimeZone before = TimeZone.getDefault();
    private final TestDatabase place;

    TimesTest(TestDatabase.Opener opener) {
        place = opener.open();
    }

    @AfterEach
    void close() {
        zone(before.getID());
        UserZone.storeUtc();
        TimeZone.setDefault(before);
        place.close();
    }

    @Test
    void aRunIsFoundFromAnotherTimeZoneThanItWasStartedIn() {
        zone("America/New_York");
        UserZone.storeUtc();
        place.attempt(1, "count");
        place.closeDatabase();

        zone("Asia/Tokyo");
        var soon = new RunFilter(null, null, Instant.now().minusSeconds(600), 5);
        try (var database = Database.forReading(place.settings())) {
            var history = new RunHistory(database);
            assertThat(history.runs(soon)).hasSize(1);
            assertThat(history.runs(soon).get(0).started())
                    .isBetween(soon.since(), Instant.now().plusSeconds(1));
            assertThat(history.query(LATEST).rows().get(0)).anyMatch(Instant.class::isInstance);
        }
    }

    /** In Berlin the clocks went from 3:00 back to 2:00 on 25 October 2026. */
    @Test
    void anHourThatComesTwiceIsNotCountedTwice() {
        zone("Europe/Berlin");
        UserZone.storeUtc();
        long execution = place.attempt(1, "count");
        place.jdbc()
                .sql("update batch_job_execution set start_time = ?, end_time = ? where job_execution_id = ?")
                .params(List.of(
                        Timestamp.valueOf(LocalDateTime.parse("2026-10-25T00:30:00")), // as Spring Batch does
                        Timestamp.valueOf(LocalDateTime.parse("2026-10-25T01:40:00")),
                        execution))
                .update();
        var run = new RunHistory(place.database()).run(1).orElseThrow().newest();
        assertThat(run.seconds()).isEqualTo(70 * 60);
        assertThat(run.started()).isEqualTo("2026-10-25T00:30:00Z");
        assertThat(UserZone.get().getId()).isEqualTo("Europe/Berlin");
    }

    private static void zone(String id) {
        TimeZone.setDefault(TimeZone.getTimeZone(id));
    }
}
