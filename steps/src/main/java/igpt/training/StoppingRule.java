package igpt.training;

/** Whether a training ends before its last iteration. Asked after each commit point, it answers from rows alone. */
public interface StoppingRule {
    static StoppingRule never() {
        return () -> false;
    }

    boolean stops();
}
