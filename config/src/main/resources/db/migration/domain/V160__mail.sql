-- What vendors told of the e-mails that the hub sent. Addresses are not kept, only their hash.
create table mail_event (
  account     varchar(64)  not null,
  dedupe_key  varchar(64)  not null,
  reference   varchar(64)  not null,
  message_id  varchar(200) not null,
  kind        varchar(40)  not null,
  email_hash  varchar(64)  not null,
  reason      varchar(500) not null,
  at          timestamp with time zone not null,
  primary key (account, dedupe_key)
);
create index mail_event_reference on mail_event (reference);
