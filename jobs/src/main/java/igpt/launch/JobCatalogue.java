package igpt.launch;

import igpt.config.Nearest;
import igpt.config.ParameterSpec;
import igpt.config.UsageException;
import igpt.recipe.Recipe;
import igpt.schema.artifact.Artifact.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.springframework.core.annotation.Order;

/** The jobs there are. */
public record JobCatalogue(List<JobDefinition> jobs) {
    private static final String PACKAGE = "igpt/jobs/";
    private static final String CLASS = ".class";

    /** Those of {@code igpt.jobs}. A class is a job because it stands there; {@link Order} says where in the list. */
    public static JobCatalogue standard() {
        return new JobCatalogue(classes().stream()
                .map(JobCatalogue::load)
                .filter(type -> JobDefinition.class.isAssignableFrom(type))
                .sorted(Comparator.comparingInt(JobCatalogue::place).thenComparing(Class::getName))
                .map(JobCatalogue::make)
                .toList());
    }

    private static int place(Class<?> job) {
        var order = job.getAnnotation(Order.class);
        return order == null ? Integer.MAX_VALUE : order.value();
    }

    /** Without a framework, which would look for longer than {@code igpt runs} takes. */
    private static List<String> classes() {
        try {
            var program = Path.of(JobCatalogue.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            if (Files.isDirectory(program)) {
                try (var files = Files.list(program.resolve(PACKAGE))) {
                    return files.map(file -> PACKAGE + file.getFileName())
                            .filter(name -> name.endsWith(CLASS))
                            .toList();
                }
            }
            try (var jar = new JarFile(program.toFile())) {
                return jar.stream()
                        .map(entry -> entry.getName())
                        .filter(name -> name.startsWith(PACKAGE) && name.endsWith(CLASS))
                        .toList();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Class<?> load(String file) {
        try {
            return Class.forName(
                    file.substring(0, file.length() - CLASS.length()).replace('/', '.'));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JobDefinition make(Class<?> job) {
        try {
            var constructor = job.getDeclaredConstructor();
            constructor.setAccessible(true);
            return (JobDefinition) constructor.newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The recipes that the jobs have, in their order, one a kind: a model is shown alike, whether trained or imported. */
    public List<Recipe> recipes() {
        var first = new LinkedHashMap<Kind, Recipe>();
        jobs.forEach(job -> job.makes().forEach(recipe -> first.putIfAbsent(recipe.kind(), recipe)));
        return List.copyOf(first.values());
    }

    public Optional<Recipe> recipe(Kind kind) {
        return recipes().stream().filter(recipe -> recipe.kind().equals(kind)).findFirst();
    }

    /** @throws UsageException naming the nearest, if there is none of that name */
    public JobDefinition named(String name) {
        return jobs.stream()
                .filter(job -> job.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new UsageException("unknown job '" + name + "'"
                        + Nearest.hint(
                                name, jobs.stream().map(JobDefinition::name).toList())));
    }

    /**
     * Names that another job has, and this one calls otherwise or does not take.
     *
     * @throws UsageException telling which
     */
    public void checkNames(JobDefinition job, Collection<String> given) {
        var own = names(job);
        for (var name : given) {
            var others = jobs.stream()
                    .filter(other -> !own.contains(name) && names(other).contains(name))
                    .map(JobDefinition::name)
                    .toList();
            if (others.isEmpty()) {
                continue;
            }
            var meant = own.stream()
                    .filter(known -> known.endsWith("_" + name) || name.endsWith("_" + known))
                    .toList();
            throw new UsageException("unknown parameter '%s': it is one of %s; %s"
                    .formatted(
                            name,
                            String.join(", ", others),
                            meant.isEmpty()
                                    ? job.name() + " does not take it: ./igpt jobs " + job.name()
                                            + " lists what it does"
                                    : job.name() + " calls it " + String.join(" or ", meant)));
        }
    }

    private static Set<String> names(JobDefinition job) {
        return job.parameters().specs().stream().map(ParameterSpec::name).collect(Collectors.toSet());
    }
}
