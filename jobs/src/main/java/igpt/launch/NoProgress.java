package igpt.launch;

import igpt.recipe.ProgressReporter;

/** Where nothing runs, nobody is told. */
final class NoProgress implements ProgressReporter {
    @Override
    public Meter begin(String step, long done, long total, String unit, String rateUnit, double perUnit) {
        return new Meter() {
            @Override
            public void set(long now) {}

            @Override
            public void add(long more) {}

            @Override
            public void detail(String text) {}

            @Override
            public void close() {}
        };
    }

    @Override
    public void say(String line) {}
}
