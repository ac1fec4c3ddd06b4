-- Imports that nobody asked for one by one: searches, and what became of scored products and trends.

alter table import_batch add column kind varchar(16) not null default 'file'; -- file, search
alter table import_batch add column search varchar;                           -- {"supplier", "q", "limit", "shop", ...}
alter table import_batch add column next_page varchar(500);                   -- as the supplier named it
alter table import_batch add column pages integer not null default 0;         -- read so far
alter table import_batch add column reason varchar(2000);                     -- why a search ended before its time

create table import_decision (
    account    varchar(64)   not null,
    id         varchar(64)   not null, -- follows from source and event: one event, one decision
    source     varchar(16)   not null, -- product, trend
    event_id   varchar(255)  not null, -- the sender's, or the trend
    score      integer       not null,
    reasons    varchar       not null, -- the scorer's, as a list
    supplier   varchar(64),
    product_id varchar(100),
    source_url varchar(2000),
    keyword    varchar(500),
    outcome    varchar(32)   not null, -- imported, already_imported, score_too_low, quota_used_up, not_in_plan, budget_used_up, refused
    reason     varchar(2000) not null,
    import_id  varchar(64),
    batch_id   varchar(64),
    tell_back  boolean       not null,
    created_at timestamp with time zone not null,
    primary key (account, id)
);
create index import_decision_by_time on import_decision (account, created_at desc, id desc);
