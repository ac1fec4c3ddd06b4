package io.caravan.hub.config.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.caravan.hub.config.settings.HubProperties;
import io.caravan.hub.model.AccountId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.mock.env.MockEnvironment;

class PersonFilesTest {

    @TempDir
    Path dir;

    private PersonFiles files = of(Path.of("files"));

    @BeforeEach
    void open() {
        files = of(dir);
    }

    private static PersonFiles of(Path dir) {
        return new PersonFiles(new Binder(new MapConfigurationPropertySource(Map.of("hub.config.dir", dir.toString())))
                .bind("hub", HubProperties.class)
                .get());
    }

    private void write(String name, String text) throws Exception {
        Files.writeString(dir.resolve(name), text);
    }

    @Test
    void shouldReadEveryFileThatIsShipped() {
        HubFiles shipped = new HubFiles(of(Path.of("files")));
        assertThat(shipped.faults()).isEmpty();
        assertThat(shipped.connectionFaults(new AccountId("default"), new MockEnvironment()))
                .isEmpty();
    }

    @Test
    void shouldTakeTheReleasesFileWhereThePersonHasNone() {
        HubFiles hub = new HubFiles(files);
        assertThat(hub.faults()).isEmpty();
        assertThat(hub.accounts().accounts()).containsKey("default");
    }

    @Test
    void shouldPutThePersonsFileOverTheDefaults() throws Exception {
        write("pricing.yaml", "margin: {percent: 75}\n");
        HubFiles hub = new HubFiles(files);
        assertThat(hub.pricing().margin().percent()).isEqualByComparingTo("75");
        assertThat(hub.pricing().margin().mode()).isEqualTo("percentage");
        assertThat(hub.pricing().currencies()).containsKey("USD");
    }

    @Test
    void shouldNameFileLineAndFieldOfAnUnknownKey() throws Exception {
        write("pricing.yaml", "# prices\nmargin:\n  mode: percentage\n  percentt: 60\n");
        assertThatThrownBy(() -> new HubFiles(files).pricing())
                .isInstanceOf(BadFile.class)
                .hasMessageContaining("pricing.yaml, line 4, margin.percentt")
                .hasMessageContaining("percent");
    }

    @Test
    void shouldNameFileLineAndReasonOfAValueThatTheRulesRefuse() throws Exception {
        write("pricing.yaml", "margin:\n  mode: guess\n");
        assertThatThrownBy(() -> new HubFiles(files).pricing())
                .isInstanceOf(BadFile.class)
                .hasMessageContaining("pricing.yaml, line 1, margin")
                .hasMessageContaining("must be percentage, fixed or tiered, is guess");
    }

    @Test
    void shouldRefuseAnAccountWhosePlanThereIsNot() throws Exception {
        write("accounts.yaml", "accounts:\n  default: {name: x, plan: golden}\n  other: {name: y}\n");
        assertThatThrownBy(() -> new HubFiles(files).plans())
                .isInstanceOf(BadFile.class)
                .hasMessageContaining("accounts.yaml, accounts.default.plan: plans.yaml has no golden")
                .hasMessageContaining("free");
        assertThat(new HubFiles(files).faults()).hasSize(1);
        write("accounts.yaml", "accounts:\n  default: {name: x, plan: free}\n  other: {name: y}\n");
        Plans plans = new HubFiles(files).plans();
        assertThat(plans.of(new AccountId("default")).imports()).isEqualTo(10);
        assertThat(plans.of(new AccountId("default")).hasWay("bulk")).isFalse();
        assertThat(plans.id(new AccountId("other"))).isEqualTo("self-hosted");
        assertThat(plans.of(new AccountId("nobody")).imports())
                .as("a hub of one's own holds nobody back")
                .isNull();
        assertThat(plans.of(new AccountId("nobody")).hasSupplier("anyone")).isTrue();
    }

    @Test
    void shouldRefuseAPlanThatCannotBe() throws Exception {
        write("plans.yaml", "standard: a\nupgrade_url: /x\nplans: {b: {name: B}}\n");
        assertThatThrownBy(() -> new HubFiles(files).plans()).hasMessageContaining("there is no plan a");
        write("plans.yaml", "standard: b\nupgrade_url: /x\nplans:\n  b: {name: B, ways: [mail]}\n");
        assertThatThrownBy(() -> new HubFiles(files).plans())
                .hasMessageContaining("plans.yaml, line 4, plans.b")
                .hasMessageContaining("mail");
    }

    @Test
    void shouldReadTwoSubjectsFromOneFileAndRefuseWhatIsOfNeither() throws Exception {
        write("import.yaml", "title_max: 100\nscored: {min_score: 90}\n");
        HubFiles hub = new HubFiles(files);
        assertThat(hub.imports().titleMax()).isEqualTo(100);
        assertThat(hub.importAutomation().scored().minScore()).isEqualTo(90);
        assertThat(hub.importAutomation().auto().enabled()).isFalse();
        assertThat(hub.importAutomation().search().most()).isEqualTo(100);
        write("import.yaml", "title_max: 100\nscord: {min_score: 90}\n");
        assertThatThrownBy(hub::imports).hasMessageContaining("import.yaml, line 2, scord");
        write("import.yaml", "title_max: 100\nscored: {min_score: 900}\n");
        assertThatThrownBy(hub::importAutomation).hasMessageContaining("import.yaml, line 2, scored");
    }

    @Test
    void shouldNameTheLineOfAWrongType() throws Exception {
        write("accounts.yaml", "accounts:\n  default:\n    name: [a, b]\n");
        assertThatThrownBy(() -> new HubFiles(files).accounts())
                .isInstanceOf(BadFile.class)
                .hasMessageContaining("accounts.yaml, line 3, accounts.default.name");
    }

    @Test
    void shouldNameTheLineOfTextThatIsNoYaml() throws Exception {
        write("accounts.yaml", "accounts:\n  default: {name: x\n");
        assertThatThrownBy(() -> new HubFiles(files).accounts())
                .isInstanceOf(BadFile.class)
                .hasMessageContaining("accounts.yaml, line");
    }

    @Test
    void shouldRefuseAKeyThatIsGivenTwice() throws Exception {
        write("accounts.yaml", "accounts:\n  default: {name: x}\n  default: {name: y}\n");
        assertThatThrownBy(() -> new HubFiles(files).accounts())
                .isInstanceOf(BadFile.class)
                .hasMessageContaining("line 3");
    }

    @Test
    void shouldFindTheFaultOfEveryFileThatIsReadLater() throws Exception {
        write("curated.yaml", "- {keyword: frogs}\n");
        write("limits.yaml", "vendors: 7\n");
        write("autopilot.yaml", "standard: {announce_score: 500}\n");
        Files.createDirectories(dir.resolve("mails"));
        write("mails/listing-live.txt", "only a subject");
        assertThat(new HubFiles(files).faults())
                .hasSize(4)
                .anyMatch(fault -> fault.contains("curated.yaml: entry 1 (frogs): weight"))
                .anyMatch(fault -> fault.contains("limits.yaml"))
                .anyMatch(fault -> fault.contains("autopilot.yaml, line 1"))
                .anyMatch(fault -> fault.contains("mails/listing-live.txt"));
    }

    @Test
    void shouldSayInTheHealthWhileAFileIsBroken() throws Exception {
        FilesHealth health = new FilesHealth(new HubFiles(files), 3_600);
        health.look();
        assertThat(health.health().getStatus()).isEqualTo(org.springframework.boot.actuate.health.Status.UP);

        write("pricing.yaml", "margin: [\n");
        health.look();
        assertThat(health.health().getStatus()).isEqualTo(FilesHealth.DEGRADED);
        assertThat(health.health().getDetails().toString()).contains("pricing.yaml, line");

        Files.delete(dir.resolve("pricing.yaml"));
        health.look();
        assertThat(health.health().getStatus()).isEqualTo(org.springframework.boot.actuate.health.Status.UP);
        health.destroy();
    }

    @Test
    void shouldSayWhichVariablesALiveConnectionLacks() {
        MockEnvironment environment =
                new MockEnvironment().withProperty("HUB_ETSY_MODE", "live").withProperty("HUB_ETSY_KEYSTRING", "k");
        assertThat(new HubFiles(of(Path.of("files"))).connectionFaults(new AccountId("default"), environment))
                .singleElement()
                .asString()
                .contains("etsy", "HUB_ETSY_ACCESS_TOKEN", "HUB_ETSY_SHOP_ID")
                .doesNotContain("HUB_ETSY_KEYSTRING,");
    }
}
