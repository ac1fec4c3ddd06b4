-- a job asks for its events that still have to go out; while a broker is away there may be very many of others
CREATE INDEX outbox_job ON outbox (job_id);
