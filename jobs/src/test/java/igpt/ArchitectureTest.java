package igpt;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import igpt.recipe.RunStep;
import igpt.recipe.StepResource;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rules of the house. */
@AnalyzeClasses(packages = "igpt", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] MATHEMATICS = {
        "igpt.image..",
        "igpt.palette..",
        "igpt.tokenizer..",
        "igpt.model..",
        "igpt.graph..",
        "igpt.device..",
        "igpt.random..",
        "igpt.optim..",
        "igpt.train..",
        "igpt.picture..",
        "igpt.weights..",
        "igpt.onnx..",
        "igpt.generate.."
    };

    @ArchTest
    static final ArchRule mathematicsKnowsNoFramework = noClasses()
            .that()
            .resideInAnyPackage(MATHEMATICS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.springframework..",
                    "java.sql..",
                    "javax.sql..",
                    "org.apache.parquet..",
                    "igpt.schema.parquet..",
                    "igpt.recipe..",
                    "igpt.training..",
                    "igpt.prepare..",
                    "igpt.pretrain..",
                    "igpt.probe..",
                    "igpt.sample..",
                    "igpt.finetune..",
                    "igpt.predict..",
                    "igpt.export..",
                    "igpt.exchange..",
                    "igpt.study..");

    private static final List<String> STAGES =
            List.of("prepare", "pretrain", "probe", "sample", "finetune", "predict", "export", "exchange", "study");

    /** What a stage takes, an earlier one has made. */
    @ArchTest
    static void stagesPointOneWay(JavaClasses classes) {
        for (int at = 0; at < STAGES.size() - 1; at++) {
            var later = STAGES.subList(at + 1, STAGES.size()).stream()
                    .map(stage -> "igpt." + stage + "..")
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage("igpt." + STAGES.get(at) + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(later)
                    .check(classes);
        }
    }

    /** Nowhere else would one be closed: {@code StepResource.of} reads the components of a step's record. */
    @ArchTest
    static final ArchRule whatStaysOpenIsAComponentOfItsStep = fields().that()
            .haveRawType(StepResource.class)
            .should()
            .beDeclaredInClassesThat(assignableTo(RunStep.class).and(assignableTo(Record.class)))
            .andShould()
            .notBeStatic();

    @ArchTest
    static final ArchRule sqlStandsInTheSchema = noClasses()
            .that()
            .resideOutsideOfPackage("igpt.schema..")
            .should()
            .callMethod(JdbcClient.class, "sql", String.class);

    /** Who shows how runs go listens to them. */
    @ArchTest
    static final ArchRule launchingKnowsNobodyWhoListens = noClasses()
            .that()
            .resideInAPackage("igpt.launch..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("igpt.console..", "igpt.cli..", "sun.misc..");

    @ArchTest
    static final ArchRule thereAreNoCycles =
            slices().matching("igpt.(**)").should().beFreeOfCycles();

    private static final int MOST_CLASSES = 25;

    /** A reader finds a class by its package. What is nested in a class, or of its file, does not count. */
    @ArchTest
    static void packagesAreSmall(JavaClasses classes) {
        var sizes = classes.stream()
                .filter(one -> one.isTopLevelClass() && !one.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(JavaClass::getPackageName, TreeMap::new, Collectors.counting()));
        assertThat(sizes)
                .isNotEmpty()
                .allSatisfy((name, size) -> assertThat(size).as(name).isLessThanOrEqualTo(MOST_CLASSES));
    }
}
