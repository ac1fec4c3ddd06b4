-- A file of products to import: its rows lie in the object store, what became of each stands here.

create table import_batch (
    account    varchar(64) not null,
    id         varchar(64) not null,
    job_id     varchar(64),
    total      integer     not null, -- rows in the file
    chunks     text        not null, -- ["sha256"]: objects of 1,000 rows each, in the order of the file
    rows_read  integer     not null, -- position: the rows before it have their result
    accepted   integer     not null,
    refused    integer     not null,
    skipped    integer     not null,
    created_at timestamp with time zone not null,
    updated_at timestamp with time zone not null,
    primary key (account, id)
);

create table import_batch_row (
    account    varchar(64)   not null,
    batch_id   varchar(64)   not null,
    file_line  bigint        not null, -- where the row begins in the file, the first line is 1
    source_url varchar(2000) not null,
    outcome    varchar(16)   not null, -- accepted, refused, skipped
    import_id  varchar(64),
    reason     varchar(2000) not null,
    primary key (account, batch_id, file_line)
);
create index import_batch_row_by_import on import_batch_row (account, batch_id, import_id);
create index import_job_by_origin_state on import_job (account, origin_id, state);
