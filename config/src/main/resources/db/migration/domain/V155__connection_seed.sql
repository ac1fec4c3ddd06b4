-- What the configuration last put into a connection, name by name, sealed like the credentials: a name that did not change
-- there keeps what was renewed or given by a person since.
alter table connection add column seeded bytea;
alter table connection add column seeded_key varchar(16);
