package io.caravan.hub.config.connections;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.hub.config.files.BadFile;
import io.caravan.hub.config.files.HubFiles;
import io.caravan.hub.config.files.PersonFiles;
import io.caravan.hub.config.settings.HubProperties;
import io.caravan.hub.model.AccountId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.mock.env.MockEnvironment;

class ConnectionPlanTest {

    private static final AccountId DEFAULT = new AccountId("default");
    private static final AccountId SECOND = new AccountId("second");

    @TempDir
    Path dir;

    private final MockEnvironment environment = new MockEnvironment();

    private ConnectionPlan plan(String section) throws IOException {
        Files.writeString(
                dir.resolve("accounts.yaml"),
                "accounts:\n  default: {name: One}\n  second:\n    name: Two\n    connections:\n" + section);
        HubProperties hub = new Binder(new MapConfigurationPropertySource(Map.of("hub.config.dir", dir.toString())))
                .bind("hub", HubProperties.class)
                .get();
        HubFiles files = new HubFiles(new PersonFiles(hub));
        return new ConnectionPlan(files.connections(), files.accounts(), DEFAULT, environment);
    }

    private static ConnectionWish wish(ConnectionPlan plan, AccountId account, String vendor) {
        return java.util.Objects.requireNonNull(plan.wishes().get(account)).stream()
                .filter(wish -> wish.vendor().equals(vendor))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void shouldTakeAnAccountsCredentialsFromTheVariablesThatItsSectionNames() throws Exception {
        environment.setProperty("HUB_SECOND_PRINTIFY_TOKEN", "token-of-second");
        ConnectionPlan plan = plan("      printify:\n        mode: live\n"
                + "        secrets: {apiToken: HUB_SECOND_PRINTIFY_TOKEN}\n        settings: {shopId: \"42\"}\n");

        ConnectionWish printify = wish(plan, SECOND, "printify");
        assertThat(printify.use()).isEqualTo(ConnectionFile.Use.LIVE);
        assertThat(printify.secrets()).containsEntry("apiToken", "token-of-second");
        assertThat(printify.settings()).containsEntry("shopId", "42");
        assertThat(wish(plan, DEFAULT, "printify").use()).isEqualTo(ConnectionFile.Use.SANDBOX);
        assertThat(wish(plan, SECOND, "etsy").use()).isEqualTo(ConnectionFile.Use.SANDBOX);
    }

    @Test
    void shouldTakeABareOffAsOffAlthoughYamlCallsItFalse() throws Exception {
        ConnectionPlan plan = plan("      etsy: {mode: off}\n      openai: {mode: \"off\"}\n");
        assertThat(wish(plan, SECOND, "etsy").use()).isEqualTo(ConnectionFile.Use.OFF);
        assertThat(wish(plan, SECOND, "openai").use()).isEqualTo(ConnectionFile.Use.OFF);
    }

    @Test
    void shouldNeverGiveAnAccountTheOperatorsCredentials() throws Exception {
        environment
                .withProperty("HUB_PRINTIFY_MODE", "live")
                .withProperty("HUB_PRINTIFY_API_TOKEN", "token-of-the-operator")
                .withProperty("HUB_PRINTIFY_SHOP_ID", "1");
        ConnectionPlan plan = plan("      printify: {mode: sandbox}\n");

        assertThat(wish(plan, DEFAULT, "printify").secrets()).containsValue("token-of-the-operator");
        assertThat(wish(plan, SECOND, "printify").use()).isEqualTo(ConnectionFile.Use.SANDBOX);
        assertThat(wish(plan, SECOND, "printify").secrets()).doesNotContainValue("token-of-the-operator");
    }

    @Test
    void shouldSayWhatALiveConnectionOfAnAccountLacks() throws Exception {
        environment.setProperty("HUB_PRINTIFY_API_TOKEN", "token-of-the-operator");
        assertThat(plan("      printify:\n        mode: live\n        secrets: {apiToken: HUB_SECOND_TOKEN}\n")
                        .faults())
                .singleElement()
                .asString()
                .contains(
                        "account second",
                        "printify",
                        "HUB_SECOND_TOKEN in the environment",
                        "connections.printify.settings.shopId");
    }

    @Test
    void shouldNameWhatIsNotKnown() throws Exception {
        assertThat(plan("      etsyy: {mode: off}\n      printify: {secrets: {token: HUB_X}}\n")
                        .faults())
                .hasSize(2)
                .anyMatch(fault -> fault.contains("account second") && fault.contains("etsyy"))
                .anyMatch(fault -> fault.contains("printify.secrets.token") && fault.contains("apiToken"));
    }

    @Test
    void shouldRefuseACredentialInTheFileWithoutShowingIt() {
        Assertions.assertThatThrownBy(() -> plan("      printify: {secrets: {apiToken: pat-0123456789}}\n"))
                .isInstanceOf(BadFile.class)
                .hasMessageContaining("accounts.yaml, line 6")
                .hasMessageContaining("secrets.apiToken")
                .hasMessageNotContaining("pat-0123456789");
        Assertions.assertThatThrownBy(() -> plan("      printify: {secrets: pat-0123456789}\n"))
                .isInstanceOf(BadFile.class)
                .hasMessageContaining("second.connections.printify.secrets")
                .hasMessageNotContaining("pat-0123456789");
    }
}
