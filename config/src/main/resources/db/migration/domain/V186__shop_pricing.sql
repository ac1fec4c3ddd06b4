-- A shop's own pricing rules, one row for each change; the newest counts. Old rows say what an import of that version went by.
create table shop_pricing (
    account    varchar(64) not null,
    shop       varchar(64) not null,
    version    integer     not null,
    rules      varchar,    -- as import-pricing.yaml, parts may be left out; null: back to the file
    created_at timestamp with time zone not null,
    created_by varchar(64) not null,
    primary key (account, shop, version)
);
