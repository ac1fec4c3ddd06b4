package io.caravan.hub.enrich.trend;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.hub.enrich.Samples;
import io.caravan.hub.model.Refs;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeywordFolderTest {

    @Provide
    Arbitrary<String> texts() {
        return Samples.anyText(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cat mom shirt",
                "#CatMomShirt",
                "  Cat  MOM\tshirt ",
                "cat-mom-shirt",
                "cat_mom_shirt",
                "＃ｃａｔｍｏｍｓｈｉｒｔ",
                "## catmomshirt",
                "Cat Mom Shirt!",
                "cat\u200Bmom\u00A0shirt"
            })
    void shouldGiveOneKeyToAllSpellings(String keyword) {
        assertThat(KeywordFolder.key(keyword)).isEqualTo("catmomshirt");
    }

    @ParameterizedTest
    @CsvSource({
        "猫好き, #猫好き",
        "'고양이 엄마', '#고양이엄마'",
        "'Katzenmütter', '#KATZENMÜTTER'",
        "'СОБАКА', '#собака'",
        "'Straßenkatze', 'STRASSENKATZE'",
    })
    void shouldFoldEveryLanguageAlike(String one, String other) {
        assertThat(KeywordFolder.key(one)).isNotEmpty().isEqualTo(KeywordFolder.key(other));
    }

    @ParameterizedTest
    @CsvSource({
        "#CatMomShirt, Cat Mom Shirt",
        "CatMom2026, Cat Mom2026",
        "iPhone, iPhone",
        "cat_mom, cat mom",
        "'  two   words ', two words",
        "NASA, NASA",
        "'Cat Mom', Cat Mom",
    })
    void shouldSplitHashtagsForReaders(String keyword, String readable) {
        assertThat(KeywordFolder.readable(keyword)).isEqualTo(readable);
    }

    @Test
    void shouldKeepDifferentKeywordsApart() {
        assertThat(KeywordFolder.key("cat mom")).isNotEqualTo(KeywordFolder.key("cat moms"));
        assertThat(KeywordFolder.key("猫")).isNotEqualTo(KeywordFolder.key("犬"));
    }

    @Test
    void shouldDeriveTheTrendsIdFromTheKeyAlone() {
        assertThat(KeywordFolder.trendId(Samples.ACCOUNT, "#CatMom"))
                .isEqualTo(KeywordFolder.trendId(Samples.ACCOUNT, "cat mom"))
                .isEqualTo(Refs.of("acme", "trend", "catmom"));
    }

    @Property
    void shouldKeepTheKeyWhenItIsFoldedAgainOrMadeReadable(@ForAll("texts") String keyword) {
        String key = KeywordFolder.key(keyword);
        assertThat(KeywordFolder.key(key)).isEqualTo(key);
        assertThat(KeywordFolder.key(KeywordFolder.readable(keyword))).isEqualTo(key);
        assertThat(KeywordFolder.key("#" + keyword)).isEqualTo(key);
        assertThat(KeywordFolder.readable(keyword).isEmpty()).isEqualTo(key.isEmpty());
    }
}
