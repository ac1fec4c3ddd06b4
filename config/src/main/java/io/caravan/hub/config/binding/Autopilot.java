package io.caravan.hub.config.binding;

import io.caravan.hub.config.files.AutopilotFile;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.trend.Trend;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;

/** Bean {@code autopilot}: what the account lets the hub do by itself, by {@code autopilot.yaml}. */
public class Autopilot {

    private final AutopilotFile file;

    Autopilot(AutopilotFile file) {
        this.file = file;
    }

    /** Events of the trends that are worth telling; keeps the payload of {@code trend.choose} in the variable {@code choose}. */
    public List<Map<String, Object>> strong(
            @Variable("account") AccountId account,
            @Variable("cycleId") String cycleId,
            @Body List<Trend> trends,
            Exchange exchange) {
        exchange.setVariable("choose", Map.of("cycle_id", cycleId));
        int least = file.of(account).announceScore();
        return trends.stream()
                .filter(trend -> trend.score() >= least)
                .map(trend -> Map.<String, Object>of(
                        "trend_id", trend.id(),
                        "keyword", trend.keyword(),
                        "score", trend.score(),
                        "sources", trend.sources(),
                        "fallback", trend.fallback()))
                .toList();
    }

    /** Sets the variables {@code minScore} and {@code most} for the choice of trends. */
    public void limits(@Variable("account") AccountId account, Exchange exchange) {
        AutopilotFile.Rules rules = file.of(account);
        exchange.setVariable("minScore", rules.ideaScore());
        exchange.setVariable("most", rules.ideasPerCycle());
    }
}
