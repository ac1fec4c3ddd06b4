-- When a trend was last taken for an idea: set in the transaction that asks for the idea, so that no two choices take the same.
alter table trend add column chosen_at timestamp with time zone;
