package igpt.training;

/**
 * Early stopping: whether a training ends before its last iteration. It is asked before and after each commit point and
 * answers from rows alone, so a resumed training stops where an uninterrupted one does.
 */
public interface StoppingRule {
    static StoppingRule never() {
        return () -> false;
    }

    boolean stops();
}
