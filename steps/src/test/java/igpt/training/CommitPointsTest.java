package igpt.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CommitPointsTest {
    private final CommitPoints points = new CommitPoints(10, 25, new Milestones(List.of(3L, 10L, 14L)));

    @Test
    void aTrainingSavesAtItsIntervalsAtItsMilestonesAndAtItsEnd() {
        assertThat(LongStream.iterate(0, points::next).limit(7)).containsExactly(0L, 3L, 10L, 14L, 20L, 25L, 25L);
    }

    @Test
    void aTrainingThatWasStoppedInBetweenSavesWhereItWouldHave() {
        assertThat(points.next(12)).isEqualTo(14);
        assertThat(points.next(17)).isEqualTo(20);
    }

    @Test
    void whatAStopLeftIsNoCommitPoint() {
        assertThat(LongStream.of(3, 10, 14, 20, 25)).allMatch(points::isRegular);
        assertThat(LongStream.of(1, 12, 24)).noneMatch(points::isRegular);
    }
}
