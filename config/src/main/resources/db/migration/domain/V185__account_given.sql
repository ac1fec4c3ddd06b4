-- When a person connected the account over the API; null for what the configuration put there. What a person gave stays
-- until a person takes it away: no start with another configuration removes or replaces it.
alter table connection add column given_at timestamp with time zone;
