package io.caravan.hub.config.files;

import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.Checks;
import java.util.Map;

/**
 * {@code autopilot.yaml}: what the hub does without being asked.
 *
 * @param standard for every account that is not named
 * @param accounts account id to its own rules
 */
public record AutopilotFile(Rules standard, Map<String, Rules> accounts) {

    public AutopilotFile {
        accounts = Map.copyOf(accounts);
    }

    public Rules of(AccountId account) {
        return accounts.getOrDefault(account.value(), standard);
    }

    /**
     * @param announceScore trends of at least this score are told to subscribers as {@code trend.scored}
     * @param ideaScore trends of at least this score may become an idea by themselves
     * @param ideasPerCycle at most so many, the best first; 0 switches the autopilot off
     * @param mail whether the owner gets an e-mail for a live, failed or waiting listing
     */
    public record Rules(int announceScore, int ideaScore, int ideasPerCycle, boolean mail) {
        public Rules {
            Checks.within("announce_score", announceScore, 0, 100);
            Checks.within("idea_score", ideaScore, 0, 100);
            Checks.within("ideas_per_cycle", ideasPerCycle, 0, 100);
        }
    }
}
