package igpt.batch;

import igpt.schema.artifact.Artifacts;
import igpt.schema.dataset.Datasets;
import igpt.schema.prediction.Embeddings;
import igpt.schema.run.RunRuntimes;
import java.util.Arrays;
import java.util.List;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;
import org.springframework.core.type.filter.TypeFilter;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.ClassUtils;

/**
 * The tables, for steps to be given: every class in these packages, and in packages within them, that is made of a {@link
 * JdbcClient} alone.
 */
@Configuration(proxyBeanMethods = false)
@ComponentScan(
        basePackageClasses = {Artifacts.class, Datasets.class, Embeddings.class, RunRuntimes.class},
        useDefaultFilters = false,
        includeFilters = @Filter(type = FilterType.CUSTOM, classes = SchemaBeans.MadeOfJdbc.class))
class SchemaBeans {
    static final class MadeOfJdbc implements TypeFilter {
        private static final List<Class<?>> JDBC = List.of(JdbcClient.class);

        @Override
        public boolean match(MetadataReader reader, MetadataReaderFactory factory) {
            var type = ClassUtils.resolveClassName(reader.getClassMetadata().getClassName(), null);
            return Arrays.stream(type.getDeclaredConstructors())
                    .anyMatch(constructor ->
                            Arrays.asList(constructor.getParameterTypes()).equals(JDBC));
        }
    }
}
