package igpt.page.view;

import igpt.report.html.Block;
import igpt.report.html.Page.KeyNumber;
import igpt.report.html.Page.Section;
import igpt.schema.run.ChildRun;
import igpt.schema.run.Run;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is shown of a run.
 *
 * @param now how it goes
 * @param numbers those that matter most
 * @param charts of its trainings
 * @param before sections above the charts, after those below
 * @param lineage with links; null if it has made nothing yet
 */
public record RunView(
        Now now,
        String subtitle,
        List<String> lead,
        List<KeyNumber> numbers,
        List<Chart> charts,
        List<Section> before,
        Block.@Nullable Drawn lineage,
        List<Section> after) {

    /**
     * What changes while it runs.
     *
     * @param here whether this very process works on it
     * @param said a line for the reader, of what they have just asked for; empty if there is none
     */
    public record Now(
            Run run,
            boolean live,
            boolean here,
            List<StepTime> steps,
            @Nullable Progress progress,
            List<ChildRun> children,
            List<String> log) {
        public boolean resumable() {
            return !live && Say.isResumable(run);
        }
    }
}
