package io.caravan.hub.connectors.curated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.hub.model.trend.Signal;
import io.caravan.hub.model.trend.SignalBatch;
import io.caravan.hub.model.trend.Volume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CuratedMapperTest {

    private static final Instant NOW = Instant.parse("2026-10-01T08:00:00Z");

    @TempDir
    Path folder;

    @Test
    void shouldReadEveryFieldOfAnEntry() throws IOException {
        SignalBatch batch = read("""
                - keyword: " Mushroom forager "
                  weight: 70
                  region: DE
                  context: ["autumn walks", "field guides"]
                - keyword: cat mom
                  weight: 1
                """);
        assertThat(batch.source()).isEqualTo("curated");
        assertThat(batch.rows()).isEqualTo(2);
        assertThat(batch.rejected()).isEqualTo(Map.of());
        Signal signal = batch.signals().get(0);
        assertThat(signal.source()).isEqualTo("curated");
        assertThat(signal.externalId()).isEqualTo("DE|mushroom forager");
        assertThat(signal.keyword()).isEqualTo("Mushroom forager");
        assertThat(signal.unit()).isEqualTo(Volume.CURATED);
        assertThat(signal.volume()).isEqualTo(70);
        assertThat(signal.interactions()).isZero();
        assertThat(signal.region()).isEqualTo("DE");
        assertThat(signal.context()).containsExactly("autumn walks", "field guides");
        assertThat(signal.observedAt()).isEqualTo(NOW);
        assertThat(batch.signals().get(1).region()).isEmpty();
        assertThat(batch.signals().get(1).context()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{weight: 5}                                | entry 2: keyword must be text",
                "{keyword: '  ', weight: 5}                 | entry 2: keyword must be text",
                "{keyword: 2026, weight: 5}                 | entry 2: keyword must be text",
                "{keyword: plants}                          | entry 2 (plants): weight must be a whole number",
                "{keyword: plants, weight: 0}               | entry 2 (plants): weight must be a whole number",
                "{keyword: plants, weight: 101}             | entry 2 (plants): weight must be a whole number",
                "{keyword: plants, weight: '9'}             | entry 2 (plants): weight must be a whole number",
                "{keyword: plants, weight: 9.5}             | entry 2 (plants): weight must be a whole number",
                "{keyword: plants, weight: 9, region: de}   | entry 2 (plants): region must be two capital letters",
                "{keyword: plants, weight: 9, region: DEU}  | entry 2 (plants): region must be text of 1 to 2",
                "{keyword: plants, weight: 9, region: true} | entry 2 (plants): region must be text",
                "{keyword: plants, weight: 9, context: x}   | entry 2 (plants): context must be a list",
                "{keyword: plants, weight: 9, context: [1]} | entry 2 (plants): context must be a list",
                "{keyword: plants, weight: 9, tag: x}       | entry 2 (plants): tag is unknown",
                "{keyword: GOOD, weight: 9}                 | entry 2 (GOOD): keyword is already in entry 1",
                "just text                                  | entry 2: entry must have fields"
            })
    void shouldNameTheEntryAndTheFieldThatIsWrong(String entry, String message) {
        assertThatThrownBy(() -> read("- {keyword: good, weight: 1}\n- " + entry + "\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("list.yaml")
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "keyword: a                                 | must be a list of entries",
                "- {keyword: a, weight: 1, keyword: b}      | line 1",
                "- [unclosed                                | list.yaml at line",
                "- &a [*a]                                  | list.yaml",
                "''                                         | must be a list of entries"
            })
    void shouldRefuseWhatIsNoList(String yaml, String message) {
        assertThatThrownBy(() -> read(yaml))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void shouldTakeAnEmptyListForAnEmptyBatch() throws IOException {
        assertThat(read("[]").rows()).isZero();
    }

    @Test
    void shouldShipAListThatIsGood() {
        CuratedFile shipped = new CuratedFile();
        shipped.setDir(System.getProperty("project.root") + "/config/files");
        SignalBatch batch = shipped.signals();
        assertThat(batch.signals()).hasSizeGreaterThanOrEqualTo(60);
        assertThat(batch.signals())
                .allSatisfy(signal -> assertThat(signal.context()).isNotEmpty());
    }

    private SignalBatch read(String yaml) throws IOException {
        Files.writeString(folder.resolve("list.yaml"), yaml);
        CuratedFile file = new CuratedFile(Clock.fixed(NOW, ZoneOffset.UTC));
        file.setDir(folder.toString());
        file.setFile("list.yaml");
        return file.signals();
    }
}
