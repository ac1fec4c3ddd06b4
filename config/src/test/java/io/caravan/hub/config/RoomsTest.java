package io.caravan.hub.config;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** Who may know whom; what the banned dependencies of the POMs cannot see inside a module. */
@AnalyzeClasses(packages = "io.caravan.hub", importOptions = ImportOption.DoNotIncludeTests.class)
class RoomsTest {

    private static final String ROOT = "io.caravan.hub.";

    @ArchTest
    static final ArchRule model_knows_the_jdk_alone = noClasses()
            .that()
            .resideInAPackage(ROOT + "model..")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages("java..", "org.jspecify..", ROOT + "model..");

    @ArchTest
    static final ArchRule model_reaches_out_to_nothing = noClasses()
            .that()
            .resideInAPackage(ROOT + "model..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.net.http..", "java.nio.file..");

    @ArchTest
    static final ArchRule enrich_knows_the_model_alone = noClasses()
            .that()
            .resideInAPackage(ROOT + "enrich..")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages(
                    "java.lang..",
                    "java.util..",
                    "java.math..",
                    "java.text..",
                    "java.time..",
                    "java.nio.charset..",
                    // reads HTML, does no input or output: decision 0010
                    "org.jsoup..",
                    "org.jspecify..",
                    ROOT + "enrich..",
                    ROOT + "model..");

    /** Time and chance are arguments. */
    @ArchTest
    static final ArchRule enrich_is_pure = noClasses()
            .that()
            .resideInAPackage(ROOT + "enrich..")
            .should()
            .callMethodWhere(calls("java.time.Instant", "now"))
            .orShould()
            .callMethodWhere(calls("java.time.LocalDate", "now"))
            .orShould()
            .callMethodWhere(calls("java.time.ZonedDateTime", "now"))
            .orShould()
            .callMethodWhere(calls("java.lang.System", "currentTimeMillis"))
            .orShould()
            .callMethodWhere(calls("java.lang.System", "nanoTime"))
            .orShould()
            .callMethodWhere(calls("java.lang.System", "getenv"))
            .orShould()
            .callMethodWhere(calls("java.lang.System", "getProperty"))
            .orShould()
            .callMethodWhere(calls("java.lang.Math", "random"))
            .orShould()
            .dependOnClassesThat()
            .haveNameMatching("java\\.util\\.(Random|concurrent\\.ThreadLocalRandom|UUID|Timer)|java\\.time\\.Clock");

    @ArchTest
    static final ArchRule connectors_know_neither_enrich_nor_config_nor_delivery = noClasses()
            .that()
            .resideInAPackage(ROOT + "connectors..")
            .and()
            .resideOutsideOfPackage(ROOT + "connectors.delivery..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + "enrich..", ROOT + "config..", ROOT + "connectors.delivery..");

    @ArchTest
    static final ArchRule delivery_knows_the_model_alone = noClasses()
            .that()
            .resideInAPackage(ROOT + "connectors.delivery..")
            .should()
            .dependOnClassesThat(in(ROOT + "enrich.", ROOT + "config.").or(anotherConnector("delivery")));

    /** The egress and the sandbox frame are what connectors share; beyond them no connector knows another. */
    @ArchTest
    static final ArchRule connectors_never_know_each_other = slices().matching(ROOT + "connectors.(*)..")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(
                    DescribedPredicate.alwaysTrue(), in(ROOT + "connectors.egress.", ROOT + "connectors.sandbox."));

    /** A sandbox that shares code with the client would share its mistakes. */
    @ArchTest
    static final ArchRule a_sandbox_shares_nothing_with_its_client =
            noClasses().should(knowTheOtherSideOfTheSameVendor());

    @ArchTest
    static final ArchRule config_is_known_by_nobody = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "config..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT + "config..");

    private static DescribedPredicate<com.tngtech.archunit.core.domain.JavaMethodCall> calls(
            String type, String method) {
        return DescribedPredicate.describe(
                "calls " + type + "." + method,
                call -> call.getTargetOwner().getName().equals(type)
                        && call.getName().equals(method));
    }

    private static DescribedPredicate<JavaClass> in(String... prefixes) {
        return DescribedPredicate.describe("in " + String.join(", ", prefixes), type -> {
            for (String prefix : prefixes) {
                if (type.getName().startsWith(prefix)) {
                    return true;
                }
            }
            return false;
        });
    }

    private static DescribedPredicate<JavaClass> anotherConnector(String own) {
        return DescribedPredicate.describe(
                "another connector",
                type -> type.getName().startsWith(ROOT + "connectors.")
                        && !type.getName().startsWith(ROOT + "connectors." + own + "."));
    }

    private static ArchCondition<JavaClass> knowTheOtherSideOfTheSameVendor() {
        return new ArchCondition<>("cross the line between a vendor's client and its sandbox") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                String vendor = vendorOf(type);
                if (vendor.isEmpty()) {
                    return;
                }
                type.getDirectDependenciesFromSelf().forEach(dependency -> {
                    JavaClass target = dependency.getTargetClass();
                    boolean crosses =
                            vendor.equals(vendorOf(target)) && isSandbox(type, vendor) != isSandbox(target, vendor);
                    events.add(new SimpleConditionEvent(type, crosses, dependency.getDescription()));
                });
            }
        };
    }

    /** {@code etsy} for all of {@code connectors.etsy}; empty for what is no vendor's. */
    private static String vendorOf(JavaClass type) {
        String connectors = ROOT + "connectors.";
        if (!type.getName().startsWith(connectors)) {
            return "";
        }
        String rest = type.getName().substring(connectors.length());
        String first = rest.substring(0, rest.indexOf('.'));
        return first.equals("egress") || first.equals("sandbox") || first.equals("delivery") ? "" : first;
    }

    private static boolean isSandbox(JavaClass type, String vendor) {
        return type.getName().startsWith(ROOT + "connectors." + vendor + ".sandbox.");
    }
}
