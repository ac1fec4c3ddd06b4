package io.caravan.hub.config.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.boot.actuate.health.Status;

/** Each check on a context that is live, with one setting broken. */
class SelfCheckTest {

    @Test
    void shouldStartWithSafeSettings() throws Exception {
        try (StartedHub hub = new StartedHub()) {
            assertThatCode(hub::check).doesNotThrowAnyException();
        }
    }

    @TestFactory
    List<DynamicTest> shouldRefuseInProductionWhatIsBroken() {
        System.out.printf(
                "self-check: %d checks, %d broken settings%n", SelfCheck.CHECKS.size(), BrokenSettings.ALL.size());
        return BrokenSettings.ALL.stream()
                .map(one -> DynamicTest.dynamicTest(one.check() + ": " + one.expected(), () -> {
                    try (StartedHub hub = new StartedHub()) {
                        one.breaking().on(hub);
                        assertThatThrownBy(hub::check)
                                .isInstanceOf(IllegalStateException.class)
                                .hasMessageContaining(one.expected());
                        assertThat(faultsOf(one.check(), hub)).anyMatch(fault -> fault.contains(one.expected()));
                        assertThat(SelfCheck.CHECKS.stream()
                                        .filter(check -> !check.name().equals(one.check()))
                                        .flatMap(check -> check.faults().apply(hub.live()).stream()))
                                .as("other checks")
                                .isEmpty();
                    }
                }))
                .toList();
    }

    @Test
    void shouldHaveABrokenSettingForEachCheck() {
        assertThat(BrokenSettings.ALL.stream().map(BrokenSettings.One::check).collect(Collectors.toSet()))
                .isEqualTo(SelfCheck.CHECKS.stream().map(Check::name).collect(Collectors.toSet()));
        assertThat(SelfCheck.CHECKS.stream().map(Check::name)).doesNotHaveDuplicates();
    }

    @TestFactory
    List<DynamicTest> shouldMindOutsideProductionOnlyWhatIsUnsafeEverywhere() {
        return BrokenSettings.ALL.stream()
                .map(one -> DynamicTest.dynamicTest(one.check() + ": " + one.expected(), () -> {
                    boolean everywhere = SelfCheck.CHECKS.stream()
                            .anyMatch(check -> check.name().equals(one.check()) && check.everywhere());
                    try (StartedHub hub = new StartedHub()) {
                        one.breaking().on(hub);
                        hub.environment.setActiveProfiles();
                        if (everywhere) {
                            assertThatThrownBy(hub::check).hasMessageContaining(one.expected());
                        } else {
                            assertThatCode(hub::check).doesNotThrowAnyException();
                        }
                    }
                }))
                .toList();
    }

    @Test
    void shouldNameAllFaultsAtOnce() throws Exception {
        try (StartedHub hub = new StartedHub()) {
            hub.mode = "sandbox";
            hub.environment.setProperty("hub.master.key", "");
            hub.http().setFollowRedirects(true);
            assertThatThrownBy(hub::check)
                    .hasMessageContaining("HUB_MASTER_KEY")
                    .hasMessageContaining("mode sandbox")
                    .hasMessageContaining("http: followRedirects");
        }
    }

    @Test
    void shouldAcceptWhatAnOperatorSaysIsMeant() throws Exception {
        try (StartedHub hub = new StartedHub()) {
            hub.mode = "mixed";
            hub.environment.setProperty("hub.prod.allow-sandbox", "true");
            hub.management.setAddress(InetAddress.getByName("0.0.0.0"));
            hub.environment.setProperty("hub.management.exposed", "true");
            assertThatCode(hub::check).doesNotThrowAnyException();
        }
    }

    @Test
    void shouldTellTheDoctorWhatSettingsAloneSay() throws Exception {
        try (StartedHub hub = new StartedHub()) {
            hub.environment.setProperty("management.server.address", "127.0.0.1");
            hub.environment.setProperty("spring.datasource.url", "jdbc:h2:file:./data/hub;WRITE_DELAY=0");
            assertThat(SelfCheck.ofSettings(hub.environment, hub.live().hub())).isEmpty();

            hub.environment.setProperty("hub.master.key", "");
            hub.environment.setProperty("spring.datasource.url", "jdbc:h2:file:./data/hub");
            hub.environment.setProperty("management.server.address", "0.0.0.0");
            assertThat(SelfCheck.ofSettings(hub.environment, hub.live().hub()))
                    .anyMatch(fault -> fault.contains("HUB_MASTER_KEY"))
                    .anyMatch(fault -> fault.contains("WRITE_DELAY=0"))
                    .anyMatch(fault -> fault.contains("MANAGEMENT_SERVER_ADDRESS"));
        }
    }

    @Test
    void shouldShowInTheHealthWhatWasChangedAfterTheStart() throws Exception {
        try (StartedHub hub = new StartedHub()) {
            SelfCheck check = new SelfCheck(any -> hub.live());
            assertThat(new SelfCheckHealth(() -> check.faults(hub.camel))
                            .health()
                            .getStatus())
                    .isEqualTo(Status.UP);
            hub.http().setFollowRedirects(true);
            assertThat(new SelfCheckHealth(() -> check.faults(hub.camel))
                            .health()
                            .getDetails()
                            .toString())
                    .contains("followRedirects");
        }
    }

    @Test
    void shouldSayInTheHealthThatNobodyCanTell() {
        SelfCheckHealth health = new SelfCheckHealth(() -> {
            throw new IllegalStateException("the database does not answer");
        });
        assertThat(health.health().getStatus().getCode()).isEqualTo("DEGRADED");
        assertThat(health.health().getDetails().toString())
                .contains("cannot be told now: the database does not answer");
    }

    private static List<String> faultsOf(String check, StartedHub hub) {
        return SelfCheck.CHECKS.stream()
                .filter(one -> one.name().equals(check))
                .flatMap(one -> one.faults().apply(hub.live()).stream())
                .toList();
    }
}
