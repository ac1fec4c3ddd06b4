-- Accounts, API keys and connections. Written for PostgreSQL and for H2 in MODE=PostgreSQL.

create table account (
    id         varchar(64)  primary key,
    name       varchar(200) not null,
    created_at timestamp with time zone not null default current_timestamp
);

-- hash: HMAC-SHA256 of the key under a pepper, hexadecimal; the key itself is never stored
create table api_key (
    id         varchar(64)  primary key,
    account    varchar(64)  not null references account (id),
    name       varchar(200) not null,
    role       varchar(16)  not null,
    hash       varchar(64)  not null unique,
    created_at timestamp with time zone not null default current_timestamp,
    revoked_at timestamp with time zone
);
create index api_key_account on api_key (account);

-- secrets: JSON under AES-256-GCM; key_id names the master key. seed: hash of what the configuration last put here
create table connection (
    id               varchar(64)  primary key,
    account          varchar(64)  not null references account (id),
    vendor           varchar(64)  not null,
    mode             varchar(16)  not null,
    state            varchar(32)  not null,
    state_reason     varchar(500),
    key_id           varchar(16)  not null,
    secrets          bytea        not null,
    settings         varchar(8000) not null,
    token_expires_at timestamp with time zone,
    seed             varchar(64),
    updated_at       timestamp with time zone not null default current_timestamp,
    unique (account, vendor)
);
