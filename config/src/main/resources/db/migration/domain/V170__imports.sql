-- A supplier's product on its way into a shop, and what suppliers told us lately.

create table import_job (
    account         varchar(64)   not null,
    id              varchar(64)   not null, -- follows from shop, supplier and the supplier's product: one product, one import
    shop            varchar(64)   not null,
    supplier        varchar(64)   not null,
    external_id     varchar(100)  not null, -- the supplier's id of the product
    source_url      varchar(2000) not null,
    wish            varchar       not null, -- {"markup_percent": 60, "tags": ["pets"], "publish": true}
    origin          varchar(16)   not null, -- request, bulk, search, scored
    origin_id       varchar(64),            -- the batch or the event
    job_id          varchar(64),
    generation      integer       not null,
    state           varchar(16)   not null, -- pending, running, completed, failed
    step            varchar(16)   not null, -- accepted, fetched, illustrated, created: the last that is done
    title           varchar(1000),
    draft           text,                   -- the normalised product before prices and pictures, until it is illustrated
    prices          text,                   -- variant key to its price and the reasons for it
    product         text,                   -- the canonical product, from step fetched on
    losses          text,                   -- [{"field", "what", "why"}]
    variants        integer       not null default 0,
    images          integer       not null default 0,
    cost_minor      bigint,                 -- of the cheapest variant
    cost_currency   varchar(3),
    price_minor     bigint,                 -- of the cheapest variant
    currency        varchar(3),
    margin_permille integer,                -- of the price, mean of all variants
    shop_product_id varchar(200),
    url             varchar(2000),
    admin_url       varchar(2000),
    reasons         varchar       not null,
    created_at      timestamp with time zone not null,
    updated_at      timestamp with time zone not null,
    completed_at    timestamp with time zone,
    primary key (account, id)
);
create index import_job_by_time on import_job (account, created_at desc, id);
create index import_job_by_origin on import_job (account, origin_id, id);

create table product_cache (
    account    varchar(64) not null,
    id         varchar(64) not null, -- follows from supplier, product, country, currency and language
    supplier   varchar(64) not null,
    product    text        not null,
    fetched_at timestamp with time zone not null,
    primary key (account, id)
);
create index product_cache_by_time on product_cache (fetched_at);
