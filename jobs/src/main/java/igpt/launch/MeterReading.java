package igpt.launch;

/**
 * How far a stretch of work is.
 *
 * @param number of the meter, in this attempt
 * @param whose it is, in words: {@code run 4: }; empty for a run that a user launched
 * @param done with what earlier attempts did
 * @param total 0 where it is not known
 * @param unit what is counted, in the plural
 * @param rateUnit what its pace is told in, of which there are {@code perUnit} in one of the others
 * @param detail what stands behind the count: {@code loss 2.31 lr 0.003}
 */
public record MeterReading(
        long run,
        long attempt,
        int number,
        String whose,
        String step,
        long done,
        long total,
        String unit,
        String rateUnit,
        double perUnit,
        String detail) {}
