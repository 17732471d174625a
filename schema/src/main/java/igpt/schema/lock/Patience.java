package igpt.schema.lock;

/** Trying again for a while: until another reader has finished, or a job that just began says who it is. */
public final class Patience {

    private static final long LIMIT_NANOS = 5_000_000_000L;
    private static final long PAUSE_MILLIS = 50;

    private final long start = System.nanoTime();
    private final long limitNanos;

    public Patience() {
        this(LIMIT_NANOS);
    }

    public Patience(long limitNanos) {
        this.limitNanos = limitNanos;
    }

    /** Whether there is still use in trying. */
    public boolean lasts() {
        return System.nanoTime() - start <= limitNanos;
    }

    /** Waits a little; false once there is no more use in it. */
    public boolean tryAgain() {
        if (!lasts()) {
            return false;
        }
        try {
            Thread.sleep(PAUSE_MILLIS);
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
