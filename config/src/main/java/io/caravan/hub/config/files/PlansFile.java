package io.caravan.hub.config.files;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.caravan.hub.model.Checks;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code plans.yaml}: what each plan gives in a month.
 *
 * @param standard the plan of accounts that name none
 * @param upgradeUrl where more can be had, at most 300 characters
 * @param plans id to what it gives
 */
public record PlansFile(String standard, String upgradeUrl, Map<String, Plan> plans) {

    public PlansFile {
        plans.keySet().forEach(id -> Checks.id("plan", id));
        Checks.text("upgrade_url", upgradeUrl, 300);
        plans = Map.copyOf(plans);
        if (!plans.containsKey(standard)) {
            throw new IllegalArgumentException("standard: there is no plan " + standard);
        }
    }

    /**
     * @param imports in a calendar month; null: no limit
     * @param suppliers that may be imported from; null: all
     * @param ways in which imports may come about: request, bulk, search, scored; null: all
     */
    public record Plan(
            String name,
            @Nullable Integer imports,
            @Nullable List<String> suppliers,
            @Nullable List<String> ways) {

        private static final Set<String> WAYS = Set.of("request", "bulk", "search", "scored");

        @JsonCreator
        static Plan of(
                @JsonProperty("name") @Nullable String name,
                @JsonProperty("imports") @Nullable Integer imports,
                @JsonProperty("suppliers") @Nullable List<String> suppliers,
                @JsonProperty("ways") @Nullable List<String> ways) {
            if (name == null) {
                throw new IllegalArgumentException("name must be given");
            }
            Checks.text("name", name, 100);
            if (imports != null) {
                Checks.within("imports", imports, 0, 100_000_000);
            }
            if (ways != null && !WAYS.containsAll(ways)) {
                throw new IllegalArgumentException("ways must be among " + WAYS + ", are " + ways);
            }
            return new Plan(
                    name,
                    imports,
                    suppliers == null ? null : List.copyOf(suppliers),
                    ways == null ? null : List.copyOf(ways));
        }

        public boolean hasSupplier(String supplier) {
            return suppliers == null || suppliers.contains(supplier);
        }

        public boolean hasWay(String way) {
            return ways == null || ways.contains(way);
        }
    }
}
