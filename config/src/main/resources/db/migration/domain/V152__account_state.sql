-- An account that left the file is suspended, never deleted: its objects stay, its keys and connections rest.
alter table account add column suspended_at timestamp with time zone;
