package io.caravan.hub.connectors.delivery.effect;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.hub.connectors.delivery.rig.Database;
import io.caravan.hub.connectors.delivery.rig.Rig;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InstallationTest {

    @ParameterizedTest
    @EnumSource
    void everyNodeOfADatabaseIsTheSameInstallationAndAnotherDatabaseIsAnother(Database database) {
        String first;
        try (Rig rig = Rig.on(database)) {
            first = new Installation(rig.db).id();
            assertThat(new Installation(rig.db).id()).isEqualTo(first);
        }
        try (Rig rig = Rig.on(database)) {
            assertThat(new Installation(rig.db).id()).isNotEqualTo(first);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBackupOfADatabaseThatNoEffectUsedYetHoldsItToo(Database database) {
        try (Rig rig = Rig.on(database)) {
            rig.start();
            assertThat(rig.count("SELECT COUNT(*) FROM installation")).isEqualTo(1);
        }
    }
}
