package io.caravan.hub.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Currency;
import org.junit.jupiter.api.Test;

class MoneyTest {

    @Test
    void shouldRoundHalfUpToTheCurrencysDecimals() {
        assertThat(Money.of(new BigDecimal("19.995"), Currency.getInstance("USD")))
                .isEqualTo(Money.of(2000, "USD"));
        assertThat(Money.of(new BigDecimal("1999.5"), Currency.getInstance("JPY")))
                .isEqualTo(Money.of(2000, "JPY"));
    }

    @Test
    void shouldRefuseWhatCannotBeCounted() {
        Currency dollars = Currency.getInstance("USD");
        for (String amount : new String[] {"1e999999999", "1e-999999999", "1e150", "1e19"}) {
            assertThatThrownBy(() -> Money.of(new BigDecimal(amount), dollars))
                    .as(amount)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void shouldWriteMajorUnits() {
        assertThat(Money.of(1999, "USD")).hasToString("19.99 USD");
        assertThat(Money.of(1999, "JPY")).hasToString("1999 JPY");
    }

    @Test
    void shouldRefuseToAddAnotherCurrency() {
        assertThatThrownBy(() -> Money.of(1, "USD").plus(Money.of(1, "EUR"))).hasMessageContaining("EUR");
    }
}
