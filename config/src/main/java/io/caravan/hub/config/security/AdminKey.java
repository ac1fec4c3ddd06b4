package io.caravan.hub.config.security;

import io.caravan.hub.config.settings.HubProperties;
import io.caravan.hub.model.AccountId;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;

/** The first key: given by the operator in HUB_ADMIN_KEY, else made once and kept in {@code admin.key}. Never logged. */
public final class AdminKey implements InitializingBean {

    private static final Logger LOG = LoggerFactory.getLogger(AdminKey.class);
    private static final int SHORTEST = 24;

    private final ApiKeys keys;
    private final HubProperties hub;

    public AdminKey(ApiKeys keys, HubProperties hub) {
        this.keys = keys;
        this.hub = hub;
    }

    /** Where the generated key lies. */
    public static Path file(Path dataDir) {
        return dataDir.resolve("admin.key");
    }

    @Override
    public void afterPropertiesSet() {
        AccountId account = new AccountId(hub.admin().account());
        String given = hub.admin().key();
        if (given != null && !given.isBlank()) {
            if (given.strip().length() < SHORTEST) {
                throw new IllegalStateException("HUB_ADMIN_KEY must have at least " + SHORTEST
                        + " characters; leave it away to have one made in "
                        + file(hub.data().dir()));
            }
            keys.admin(account, given.strip());
            return;
        }
        Path file = file(hub.data().dir());
        keys.admin(account, PrivateFile.readOrCreate(file, ApiKeys::generate));
        LOG.info(
                "The admin API key of account {} is in {}",
                account,
                file.toAbsolutePath().normalize());
    }
}
