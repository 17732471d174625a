package igpt;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;

/** The three rules of the house. */
@AnalyzeClasses(packages = "igpt", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] MATHEMATICS = {
        "igpt.image..", "igpt.palette..", "igpt.model..", "igpt.optim..", "igpt.train.."
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
                    "igpt.steps..");

    /** What steps share of a run stands in {@code igpt.steps.run}. */
    @ArchTest
    static final ArchRule stepsMeetOnlyThroughSchemaAndMathematics =
            slices().assignedFrom(steps()).should().notDependOnEachOther();

    @ArchTest
    static final ArchRule thereAreNoCycles =
            slices().matching("igpt.(**)").should().beFreeOfCycles();

    private static SliceAssignment steps() {
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass type) {
                String name = type.getPackageName();
                boolean step = name.startsWith("igpt.steps.") && !name.equals("igpt.steps.run");
                return step ? SliceIdentifier.of(name) : SliceIdentifier.ignore();
            }

            @Override
            public String getDescription() {
                return "step packages";
            }
        };
    }
}
