package igpt.launch;

import igpt.console.RunMeter;
import igpt.recipe.ProgressReporter;

/** Where nothing runs, nobody is told. */
final class NoProgress implements ProgressReporter {
    @Override
    public Meter begin(String step, long done, long total, String unit, String rateUnit, double perUnit) {
        return new RunMeter(step, done, total, unit, rateUnit, perUnit, System.nanoTime(), ended -> {});
    }

    @Override
    public void say(String line) {}
}
