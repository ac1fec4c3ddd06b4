package io.caravan.hub.routes.proof;

import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.connection.Connection;
import io.caravan.hub.model.port.Connections;
import java.net.URI;
import java.util.function.Function;

/** Everybody is connected to everything. @param effect what an account is about */
record Shops(URI url, Function<AccountId, String> effect) implements Connections {

    @Override
    public Connection use(AccountId account, String vendor) {
        return Desk.connection(account, effect.apply(account), URI.create(url + "/" + account.value() + "/" + vendor));
    }

    @Override
    public boolean has(AccountId account, String vendor) {
        return true;
    }

    @Override
    public Connection renewed(Connection stale) {
        return stale;
    }
}
