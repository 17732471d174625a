package igpt.schema.prediction;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Images drawn from models, and the files that hold several of them. Joins the caller's transaction. */
public final class Samples {
    /** The file of all images side by side. */
    public static final String GRID = "grid";

    private final JdbcClient jdbc;

    public Samples(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * An image.
     *
     * @param place in what was asked for, from 0
     * @param source the image that it completes; null if it was drawn whole
     * @param completion of that image, from 1; 0 if it was drawn whole
     * @param givenRows rows of that image; 0 if it was drawn whole
     * @param nats −log p of the drawn pixels, a pixel, as the model says
     * @param path of a PNG file
     */
    public record Sample(
            long samplesId,
            int place,
            @Nullable String source,
            int completion,
            int givenRows,
            double nats,
            String path,
            String sha256) {}

    /** @param name {@link #GRID}, or what of the images' tokens is in it */
    public record SampleFile(long samplesId, String name, String path, String sha256) {}

    /**
     * Images drawn alike.
     *
     * @param drawn "whole", or what of: "completions"
     * @param nats their mean, a pixel
     * @param standardError of it; null of one image
     */
    public record Summary(String drawn, int images, double nats, @Nullable Double standardError) {}

    /** Replaces that of the same place. */
    public void put(Sample sample) {
        jdbc.sql("delete from sample where samples_id = ? and place = ?")
                .params(sample.samplesId(), sample.place())
                .update();
        jdbc.sql(
                        """
                        insert into sample (samples_id, place, source, completion, given_rows, nats, path, sha256)
                        values (:samplesId, :place, :source, :completion, :givenRows, :nats, :path, :sha256)
                        """)
                .paramSource(sample)
                .update();
    }

    /** By place. */
    public List<Sample> of(long samplesId) {
        return jdbc.sql("select * from sample where samples_id = ? order by place")
                .params(samplesId)
                .query(Sample.class)
                .list();
    }

    /** Replaces that of the same name. */
    public void put(SampleFile file) {
        jdbc.sql("delete from sample_file where samples_id = ? and name = ?")
                .params(file.samplesId(), file.name())
                .update();
        jdbc.sql(
                        """
                        insert into sample_file (samples_id, name, path, sha256)
                        values (:samplesId, :name, :path, :sha256)
                        """)
                .paramSource(file)
                .update();
    }

    /** By name. */
    public List<SampleFile> files(long samplesId) {
        return jdbc.sql("select * from sample_file where samples_id = ? order by name")
                .params(samplesId)
                .query(SampleFile.class)
                .list();
    }

    public Optional<SampleFile> file(long samplesId, String name) {
        return files(samplesId).stream()
                .filter(file -> file.name().equals(name))
                .findFirst();
    }

    /** What was drawn whole, then what was completed. */
    public List<Summary> summary(long samplesId) {
        return jdbc.sql(
                        """
                        select case when completion = 0 then 'whole' else 'completions' end as drawn, count(*) as images,
                            cast(avg(nats) as double precision) as nats,
                            stddev_samp(nats) / sqrt(count(*)) as standard_error
                        from sample where samples_id = ?
                        group by case when completion = 0 then 'whole' else 'completions' end
                        order by drawn desc
                        """)
                .params(samplesId)
                .query(Summary.class)
                .list();
    }
}
