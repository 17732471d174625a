package igpt.page.view;

import igpt.schema.run.StepRun;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a step of a run took, in all attempts.
 *
 * @param ink a number of its colour
 * @param left where its part of the bar begins, in thousandths of the whole; wide how long that is
 */
public record StepTime(
        String name,
        String status,
        int attempts,
        double seconds,
        @Nullable String progress,
        int ink,
        double left,
        double wide) {
    private static final int WHOLE = 1000;
    private static final int INKS = 6;

    static List<StepTime> of(List<StepRun> steps) {
        var byName = new LinkedHashMap<String, List<StepRun>>();
        steps.forEach(step ->
                byName.computeIfAbsent(step.step(), name -> new ArrayList<>()).add(step));
        double all = Math.max(steps.stream().mapToDouble(StepRun::seconds).sum(), 1e-9);
        var times = new ArrayList<StepTime>();
        double left = 0;
        for (var own : byName.entrySet()) {
            double seconds =
                    own.getValue().stream().mapToDouble(StepRun::seconds).sum();
            var last = own.getValue().get(own.getValue().size() - 1);
            double wide = WHOLE * seconds / all;
            times.add(new StepTime(
                    own.getKey(),
                    last.status(),
                    own.getValue().size(),
                    seconds,
                    last.progress(),
                    times.size() % INKS,
                    left,
                    wide));
            left += wide;
        }
        return times;
    }
}
