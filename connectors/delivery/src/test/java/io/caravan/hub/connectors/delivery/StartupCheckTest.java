package io.caravan.hub.connectors.delivery;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.caravan.hub.connectors.delivery.rig.Database;
import io.caravan.hub.connectors.delivery.rig.Rig;
import java.nio.file.Path;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StartupCheckTest {

    @TempDir
    Path folder;

    @Test
    void refusesAnH2FileThatLosesAcknowledgedCommits() {
        JdbcDataSource source = new JdbcDataSource();
        source.setUrl("jdbc:h2:file:" + folder.resolve("hub") + ";MODE=PostgreSQL");
        assertThatIllegalStateException()
                .isThrownBy(() -> DeliveryStartupCheck.check(source))
                .withMessageContaining("WRITE_DELAY=0");
    }

    @Test
    void refusesADatabaseWithoutItsTables() {
        JdbcDataSource source = new JdbcDataSource();
        source.setUrl("jdbc:h2:file:" + folder.resolve("hub") + ";MODE=PostgreSQL;WRITE_DELAY=0");
        assertThatIllegalStateException()
                .isThrownBy(() -> DeliveryStartupCheck.check(source))
                .withMessageContaining("db/migration/delivery");
    }

    @ParameterizedTest
    @EnumSource
    void acceptsBothDatabasesAsTheyAreMeantToBe(Database database) {
        try (Rig rig = Rig.on(database)) {
            assertThatCode(() -> DeliveryStartupCheck.check(rig.dataSource)).doesNotThrowAnyException();
        }
    }
}
