package io.caravan.hub.routes.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.hub.config.lint.RouteLint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every row of docs/advisories has proofs, and every proof is there. */
class AdvisoriesTest {

    private static final Path ROOT = Path.of(System.getProperty("project.root"));
    /** Rows of the list that the project began with; none goes without a word. */
    private static final int FEWEST = 18;

    private static final Pattern PROOF = Pattern.compile("`([^`]+)`");
    private static final Map<String, Path> TESTS = new TreeMap<>();

    @BeforeAll
    static void find() throws IOException {
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes about) {
                String name = folder.getFileName().toString();
                boolean skipped = name.equals("target") || name.startsWith(".");
                return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes about) {
                String name = file.getFileName().toString();
                if (name.endsWith("Test.java")) {
                    TESTS.put(name.replace(".java", ""), file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    @TestFactory
    List<DynamicTest> shouldProveEachControl() {
        return rows().stream()
                .map(row -> DynamicTest.dynamicTest(row.get(1).strip(), () -> {
                    List<String> proofs = PROOF.matcher(row.get(4))
                            .results()
                            .map(found -> found.group(1))
                            .toList();
                    assertThat(proofs).isNotEmpty().allSatisfy(AdvisoriesTest::isThere);
                }))
                .toList();
    }

    @Test
    void shouldForgetNoRow() {
        System.out.println("advisories: " + rows().size() + " rows");
        assertThat(rows()).hasSizeGreaterThanOrEqualTo(FEWEST).allSatisfy(row -> {
            assertThat(row).hasSize(5);
            assertThat(row.subList(1, 5)).noneMatch(String::isBlank);
        });
    }

    @Test
    void shouldMissWhatIsNotThere() {
        assertThat(isKnown("AdvisoriesTest#shouldMissWhatIsNotThere")).isTrue();
        assertThat(List.of("AdvisoriesTest#shouldBeNowhere", "NoSuchTest#should", "P57-nothing", "check: nothing"))
                .noneMatch(AdvisoriesTest::isKnown);
    }

    private static void isThere(String proof) {
        assertThat(isKnown(proof)).as("%s", proof).isTrue();
    }

    private static boolean isKnown(String proof) {
        if (proof.startsWith("check: ")) {
            return LoadedFiles.read(
                            ROOT.resolve("config/src/test/java/io/caravan/hub/config/start/BrokenSettings.java"))
                    .contains("\"" + proof.substring("check: ".length()) + "\"");
        }
        if (!proof.contains("#")) {
            return RouteLint.RULES.stream().anyMatch(rule -> rule.id().equals(proof));
        }
        String[] parts = proof.split("#");
        Path file = TESTS.get(parts[0]);
        return file != null && LoadedFiles.read(file).contains(" void " + parts[1] + "(");
    }

    /** Cells of each row; what stands before the first bar is the first of them. */
    private static List<List<String>> rows() {
        try {
            return Files.readAllLines(ROOT.resolve("docs/advisories.md")).stream()
                    .filter(line -> line.startsWith("| ") && !line.startsWith("| Advisory |"))
                    .map(line -> Arrays.asList(line.split("\\|")))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
