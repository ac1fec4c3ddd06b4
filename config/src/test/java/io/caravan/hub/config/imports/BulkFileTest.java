package io.caravan.hub.config.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BulkFileTest {

    private static final String ROW = "https://shop.example/products/1,60,pets\n";

    @Test
    void shouldCutAHundredThousandRowsIntoChunksOfAThousandAndRefuseOneMore() {
        List<byte[]> chunks = new ArrayList<>();

        int rows = BulkFile.cut(csv("source_url,markup_percent,tags\n" + ROW.repeat(100_000)), chunks::add);

        assertThat(rows).isEqualTo(100_000);
        assertThat(chunks).hasSize(100);
        BulkFile.Chunk last = BulkFile.Chunk.of(chunks.get(99));
        assertThat(last.header()).containsExactly("source_url", "markup_percent", "tags");
        assertThat(last.lines()).hasSize(1_000);
        assertThat(last.lines().get(999).line()).isEqualTo(100_001);
        assertThat(last.lines().get(999).fields()).containsExactly("https://shop.example/products/1", "60", "pets");
        assertThatThrownBy(
                        () -> BulkFile.cut(csv("source_url,markup_percent,tags\n" + ROW.repeat(100_001)), chunk -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("line 100002");
    }

    @Test
    void shouldReadWhatSpreadsheetsWrite() {
        List<byte[]> chunks = new ArrayList<>();

        BulkFile.cut(
                csv("\uFEFFsource_url;tags\r\nhttps://x.example/1;\"pets\r\nand more\"\r\n\r\na;b\r\n"), chunks::add);

        List<BulkFile.Line> lines = BulkFile.Chunk.of(chunks.get(0)).lines();
        assertThat(lines).extracting(BulkFile.Line::line).containsExactly(2L, 5L);
        assertThat(lines.get(0).fields()).containsExactly("https://x.example/1", "pets\r\nand more");
    }

    @Test
    void shouldSayWhereAFileCannotBeRead() {
        assertThatThrownBy(() -> BulkFile.cut(csv("source_url\nhttps://x.example/1\n\"" + "y".repeat(99_000)), c -> {}))
                .hasMessageContaining("after line 2");
        byte[] latin = "source_url\nhttps://x.example/\u00E9\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> BulkFile.cut(latin, c -> {})).hasMessageContaining("is not UTF-8");
        assertThatThrownBy(() -> BulkFile.cut(new byte[0], c -> {})).hasMessageContaining("is empty");
    }

    private static byte[] csv(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
