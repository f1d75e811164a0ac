-- What proves who someone is. Only the system's role reaches these tables; secrets are hashed, or sealed by the desk.
create table credential (
  person_id uuid primary key references person on delete cascade,
  password text,
  password_at timestamptz,
  totp_secret text,
  totp_confirmed boolean not null default false,
  totp_last_step bigint not null default 0,
  recovery_codes text[] not null default '{}'
);

create table session (
  id uuid primary key,
  person_id uuid not null references person on delete cascade,
  hash bytea not null,
  agent text not null,
  address text not null,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null
);
create unique index session_hash_key on session (hash);
create index session_person on session (person_id);

create table token (
  id uuid primary key,
  person_id uuid not null references person on delete cascade,
  name text not null,
  hash bytea not null,
  scopes text[],
  created_at timestamptz not null,
  expires_at timestamptz,
  last_used_at timestamptz
);
create unique index token_hash_key on token (hash);
create index token_person on token (person_id);

-- A link that works once. A set-up link belongs to nobody yet.
create table one_time_link (
  id uuid primary key,
  person_id uuid references person on delete cascade,
  purpose text not null check (purpose in ('set-up', 'invitation', 'reset', 'sign-in')),
  hash bytea not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  check ((purpose = 'set-up') = (person_id is null))
);
create unique index one_time_link_hash_key on one_time_link (hash);
create index one_time_link_person on one_time_link (person_id);

-- Failed sign-ins by account and address together, so that a stranger's guesses cannot lock anyone else out.
create table failed_sign_in (
  email text not null,
  address text not null,
  count integer not null,
  last_at timestamptz not null,
  primary key (email, address)
);

-- Mail on its way out: one Message-ID for every attempt.
create table outgoing_mail (
  id uuid primary key,
  message_id text not null,
  recipient text not null,
  subject text not null,
  body text not null,
  state text not null check (state in ('waiting', 'sent', 'failed')),
  error text,
  created_at timestamptz not null,
  sent_at timestamptz
);
create unique index outgoing_mail_message_id_key on outgoing_mail (message_id);

-- Keys that the desk made for itself, such as the one that seals authenticator secrets.
create table desk_key (
  name text primary key,
  value bytea not null
);

alter table credential enable row level security;
alter table session enable row level security;
alter table token enable row level security;
alter table one_time_link enable row level security;
alter table failed_sign_in enable row level security;
alter table outgoing_mail enable row level security;
alter table desk_key enable row level security;
do $$
declare name text;
begin
  foreach name in array array['credential', 'session', 'token', 'one_time_link', 'failed_sign_in', 'outgoing_mail',
      'desk_key'] loop
    execute format('create policy system_sees_all on %I to steward_system using (true)', name);
    execute format('grant select, insert, update, delete on %I to steward_system', name);
  end loop;
end $$;
