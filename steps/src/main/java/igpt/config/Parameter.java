package igpt.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares a record component as a job parameter. A component {@code learningRate} is typed {@code learning_rate=0.003}
 * on the command line and in presets.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Parameter {
    /** One line for {@code igpt jobs NAME}: what it is, in which unit. */
    String help();

    /** As a user would type it. A text without one can be {@code none}. */
    String defaultValue() default "";

    /** Of a text without a default: whether there is no run without it. */
    boolean required() default false;

    /** Smallest value allowed, of numbers. */
    double min() default Double.NEGATIVE_INFINITY;

    /** Largest value allowed, of numbers; of texts, the most characters. */
    double max() default Double.POSITIVE_INFINITY;

    /** Whether it changes the results. Two launches that agree in all identifying parameters are the same run. */
    boolean identifying() default true;

    /** Whether it names what the run begins with. What it stood for identifies the run, as an Input, and not the name. */
    boolean input() default false;

    /** Whether it names a file or folder, unless it is the default: stored absolute, so that it means the same later. */
    boolean path() default false;

    /** Whether a run's number may be given in place of the path. */
    boolean orRun() default false;

    /** Of a path: what else it can be, stored as typed. */
    String[] words() default {};
}
