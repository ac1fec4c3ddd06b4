-- A database that was put back knows less than the vendors do: what was made after the backup is there and not in its rows.
-- While a restore's quarantine lasts, an effect that would make something is looked up before.
create table restored (
    id          varchar(26) primary key,
    taken_at    timestamp with time zone not null,  -- what the database knows ends here
    restored_at timestamp with time zone not null,  -- nothing of what the old database knew is sent after this
    ends_at     timestamp with time zone not null
);

-- Looked up, or left to a person, because of a restore; whether something was found is what the effect says.
create table restored_effect (
    restored_id varchar(26) not null,
    effect_id   varchar(26) not null,
    looked_at   timestamp with time zone not null,
    primary key (restored_id, effect_id)
);
