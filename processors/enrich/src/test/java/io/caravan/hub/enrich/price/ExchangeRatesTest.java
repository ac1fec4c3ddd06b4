package io.caravan.hub.enrich.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.hub.model.Money;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExchangeRatesTest {

    private static final ExchangeRates RATES = new ExchangeRates(
            "2026-11-18",
            "USD",
            7,
            Map.of("EUR", new BigDecimal("0.92"), "JPY", new BigDecimal("150"), "KWD", new BigDecimal("0.3")));

    @ParameterizedTest
    @CsvSource({
        "100, USD, EUR, 92",
        "101, USD, EUR, 93", // 0.9292, rounded up: against us
        "92, EUR, USD, 100",
        "1000, USD, JPY, 1500",
        "1, JPY, USD, 1",
        "100, USD, KWD, 300",
        "1000, KWD, EUR, 307",
        "0, EUR, USD, 0",
    })
    void shouldConvertBetweenAnyTwoAndRoundUp(long amount, String from, String to, long converted) {
        assertThat(RATES.convert(Money.of(amount, from), Currency.getInstance(to), LocalDate.parse("2026-11-20")))
                .isEqualTo(Money.of(converted, to));
    }

    @ParameterizedTest
    @CsvSource({"2026-11-25, ''", "2026-11-26, 8 days old", "2026-11-17, ''", "2026-11-16, a day to come"})
    void shouldRefuseRatesThatAreTooOldOrOfADayToCome(String today, String refusal) {
        LocalDate day = LocalDate.parse(today);
        if (refusal.isEmpty()) {
            assertThat(RATES.convert(Money.of(1, "USD"), Currency.getInstance("EUR"), day)
                            .minor())
                    .isEqualTo(1);
        } else {
            assertThatThrownBy(() -> RATES.convert(Money.of(1, "USD"), Currency.getInstance("EUR"), day))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll(refusal, "2026-11-18", "exchange-rates.yaml");
        }
    }

    @Test
    void shouldNeedNoRateForTheSameCurrency() {
        assertThat(ExchangeRates.defaults()
                        .convert(Money.of(5, "CHF"), Currency.getInstance("CHF"), LocalDate.parse("2026-11-20")))
                .isEqualTo(Money.of(5, "CHF"));
    }

    @Test
    void shouldRefuseAFileThatIsWrongNamingTheKey() {
        assertThatThrownBy(() -> new ExchangeRates("20.11.2026", "USD", 7, Map.of()))
                .hasMessageContaining("as_of");
        assertThatThrownBy(() -> new ExchangeRates("2026-11-20", "USD", 0, Map.of()))
                .hasMessageContaining("max_age_days");
        assertThatThrownBy(() -> new ExchangeRates("2026-11-20", "BTC", 7, Map.of()))
                .hasMessageContaining("base");
        assertThatThrownBy(() -> new ExchangeRates("2026-11-20", "USD", 7, Map.of("EUR", BigDecimal.ZERO)))
                .hasMessageContaining("rates.EUR");
        assertThatThrownBy(() -> new ExchangeRates("2026-11-20", "USD", 7, Map.of("USD", BigDecimal.TEN)))
                .hasMessageContaining("rates.USD must be 1");
    }
}
