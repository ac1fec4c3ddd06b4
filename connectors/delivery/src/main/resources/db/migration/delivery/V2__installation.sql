-- Which installation this is: part of every reference at vendors, so that two installations that serve the same shop (a test
-- and a real one, or one that began anew) never take each other's objects for their own. It moves with a backup.
create table installation (
    one integer     not null primary key check (one = 1),
    id  varchar(26) not null
);
