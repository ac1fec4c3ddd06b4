-- What the hub knows of trends, ideas, images and listings. Every key begins with the account.
-- The same statements run on PostgreSQL and on H2 in its PostgreSQL mode. Columns that hold JSON are
-- read and written whole. They are varchar without a length: unbounded in PostgreSQL, inline and up to
-- 1 MB in H2, where text would be a LOB.

create table trend_cycle (
    account     varchar(64) not null,
    id          varchar(64) not null,
    job_id      varchar(64),
    sources     varchar        not null, -- ["google-trends", "tiktok"]
    started_at  timestamp with time zone not null,
    finished_at timestamp with time zone,
    fallback    boolean     not null default false, -- at least one source fell back or failed
    keywords    integer     not null default 0,     -- trends that the cycle gave
    primary key (account, id)
);
create index trend_cycle_by_time on trend_cycle (started_at);

create table source_run (
    account     varchar(64) not null,
    cycle_id    varchar(64) not null,
    source      varchar(64) not null,
    state       varchar(16) not null, -- waiting, ok, fallback, failed, off
    fetched     integer     not null default 0, -- rows that the source sent
    accepted    integer     not null default 0, -- signals made of them
    rejected    varchar        not null, -- {"no-title": 2}
    failure     varchar,                 -- {"kind", "code", "message", "status"}
    cost_micros bigint      not null default 0,
    started_at  timestamp with time zone not null,
    finished_at timestamp with time zone,
    primary key (account, cycle_id, source)
);
create index source_run_latest on source_run (account, source, started_at);

create table signal (
    account      varchar(64)  not null,
    cycle_id     varchar(64)  not null,
    source       varchar(64)  not null, -- the source that was asked for; a fallback's signals keep their own in origin
    seq          integer      not null,
    origin       varchar(64)  not null,
    external_id  varchar(300) not null,
    keyword      varchar(200) not null,
    trend_id     varchar(64)  not null, -- what the keyword folds to
    unit         varchar(16)  not null,
    volume       bigint       not null,
    interactions bigint       not null,
    region       varchar(8)   not null,
    context      varchar         not null,
    observed_at  timestamp with time zone not null,
    primary key (account, cycle_id, source, seq)
);
create index signal_of_trend on signal (account, trend_id, cycle_id);

create table trend (
    account       varchar(64)   not null,
    id            varchar(64)   not null,
    keyword       varchar(200)  not null,
    score         integer       not null,
    reasons       varchar          not null,
    sources       varchar(1500) not null, -- " google-trends tiktok ": blanks around each
    fallback      boolean       not null,
    context       varchar          not null,
    cycle_id      varchar(64)   not null, -- the cycle that gave this score
    observed_at   timestamp with time zone not null,
    first_seen_at timestamp with time zone not null,
    updated_at    timestamp with time zone not null,
    primary key (account, id)
);
create index trend_by_score on trend (account, score desc, id);

create table idea (
    account        varchar(64) not null,
    id             varchar(64) not null,
    trend_id       varchar(64) not null,
    generation     integer     not null,
    state          varchar(16) not null, -- drafted, rejected
    cycle_id       varchar(64),          -- the cycle whose score led to it
    prompt_version varchar(64) not null,
    model          varchar(64) not null,
    answer         varchar,
    reasons        varchar        not null,
    cost_micros    bigint      not null,
    created_at     timestamp with time zone not null,
    primary key (account, id)
);
create index idea_by_time on idea (account, created_at, id);
create index idea_of_trend on idea (account, trend_id, created_at);

create table image (
    account      varchar(64) not null,
    id           varchar(64) not null,
    idea_id      varchar(64) not null,
    generation   integer     not null,
    state        varchar(16) not null, -- pending_review, approved, rejected, duplicate
    sha256       varchar(64) not null,
    media_type   varchar(64) not null,
    width        integer     not null,
    height       integer     not null,
    size         bigint      not null,
    phash        bigint      not null,
    duplicate_of varchar(64),
    prompt       varchar        not null,
    model        varchar(64) not null,
    tags         varchar        not null,
    reasons      varchar        not null,
    reviewer     varchar(64),
    reviewed_at  timestamp with time zone,
    cost_micros  bigint      not null,
    created_at   timestamp with time zone not null,
    primary key (account, id)
);
create index image_by_time on image (account, created_at, id);
create index image_queue on image (account, state, created_at, id);
create index image_of_idea on image (account, idea_id);

create table listing (
    account             varchar(64) not null,
    id                  varchar(64) not null,
    trend_id            varchar(64) not null,
    idea_id             varchar(64) not null,
    image_id            varchar(64) not null,
    generation          integer     not null, -- goes up with each retry
    state               varchar(16) not null, -- draft, publishing, live, failed, abandoned
    title               varchar(140),
    description         varchar,
    tags                varchar        not null,
    price_minor         bigint,
    currency            varchar(3),
    sku                 varchar(32),
    printify_product_id varchar(64),
    etsy_listing_id     varchar(64),
    url                 varchar(500),
    reasons             varchar        not null,
    deadline            timestamp with time zone, -- of the present state; a watchdog acts after it
    created_at          timestamp with time zone not null,
    updated_at          timestamp with time zone not null,
    live_at             timestamp with time zone,
    primary key (account, id)
);
create index listing_by_time on listing (account, created_at, id);
create index listing_by_state on listing (account, state, created_at, id);
create index listing_overdue on listing (state, deadline);
create index listing_of_image on listing (account, image_id);

create table journal (
    account      varchar(64)   not null,
    seq          bigint generated by default as identity,
    subject_kind varchar(16)   not null, -- idea, image, listing
    subject_id   varchar(64)   not null,
    step         varchar(64)   not null, -- idea.drafted
    at           timestamp with time zone not null,
    duration_ms  bigint        not null,
    cost_micros  bigint        not null, -- only what no effect row counts already
    outcome      varchar(32)   not null, -- done, refused, failed
    reason       varchar(1000) not null,
    primary key (account, seq)
);
create index journal_of_subject on journal (account, subject_id, at);
