package io.caravan.hub.connectors.curated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CuratedFileTest {

    @TempDir
    Path dir;

    private final CuratedFile list = new CuratedFile();

    private void write(String text) throws IOException {
        Files.writeString(dir.resolve("list.yaml"), text);
        list.setDir(dir.toString());
        list.setFile("list.yaml");
    }

    @Test
    void shouldKeepTheLastGoodEntriesWhenAnEditIsBrokenAndTakeTheMendedOnes() throws Exception {
        write("- {keyword: frogs, weight: 5}\n");
        assertThat(list.signals().signals())
                .singleElement()
                .matches(signal -> signal.keyword().equals("frogs"));

        write("- {keyword: frogs, weight: 5\n- toads");
        assertThat(list.signals().signals())
                .singleElement()
                .matches(signal -> signal.keyword().equals("frogs"));

        write("- {keyword: toads, weight: 5}\n");
        assertThat(list.signals().signals())
                .singleElement()
                .matches(signal -> signal.keyword().equals("toads"));
    }

    @Test
    void shouldRefuseAFileThatWasNeverGoodAndNameTheEntry() throws Exception {
        write("- {keyword: frogs}\n");
        assertThatThrownBy(list::signals)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("list.yaml")
                .hasMessageContaining("entry 1 (frogs): weight");
    }
}
