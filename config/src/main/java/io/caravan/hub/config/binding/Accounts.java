package io.caravan.hub.config.binding;

import io.caravan.hub.config.files.AccountsFile;
import io.caravan.hub.model.AccountId;
import java.util.List;

/** Bean {@code accounts}: whom schedules run for. */
public class Accounts {

    private final AccountsFile file;

    Accounts(AccountsFile file) {
        this.file = file;
    }

    /** Every account, in the order of their ids. */
    public List<AccountId> active() {
        return file.accounts().keySet().stream().sorted().map(AccountId::new).toList();
    }
}
