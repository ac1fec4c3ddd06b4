package io.caravan.hub.config.files;

import io.caravan.hub.model.AccountId;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Which account has which plan: {@code plans.yaml} and what {@code accounts.yaml} says of it. */
public final class Plans {

    private final PlansFile file;
    private final Map<String, String> chosen;

    /** @throws IllegalArgumentException naming the account whose plan there is not */
    public Plans(PlansFile file, AccountsFile accounts) {
        this.file = file;
        Map<String, String> named = new HashMap<>();
        accounts.accounts().forEach((id, account) -> {
            String plan = account.plan();
            if (plan != null && !file.plans().containsKey(plan)) {
                throw new IllegalArgumentException("accounts." + id + ".plan: plans.yaml has no " + plan + "; it has "
                        + file.plans().keySet().stream().sorted().toList());
            }
            named.put(id, plan == null ? file.standard() : plan);
        });
        this.chosen = Map.copyOf(named);
    }

    public String id(AccountId account) {
        return chosen.getOrDefault(account.value(), file.standard());
    }

    public PlansFile.Plan of(AccountId account) {
        return Objects.requireNonNull(file.plans().get(id(account)));
    }

    public String upgradeUrl() {
        return file.upgradeUrl();
    }
}
