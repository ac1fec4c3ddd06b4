-- What a plan counts. An import that holds a place in its month is the debit itself: one row, so that no replay and no
-- retry counts twice. Imports from before this migration hold none.
alter table import_job add column counted_month varchar(7); -- 2026-11; null when the import failed and gave its place back
create index import_job_by_month on import_job (account, counted_month);

-- Who takes a place waits here for whoever took one just before.
create table plan_turn (
    account varchar(64) not null,
    primary key (account)
);
