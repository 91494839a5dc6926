-- Every row carries its tenant. Ids are UUIDv7. Times are UTC.
create table tenant (
  id uuid primary key,
  name text not null unique,
  created_at timestamptz not null default now()
);
insert into tenant (id, name) values ('00000000-0000-7000-8000-000000000001', 'default');

-- What is chosen once for a data folder, such as the compute path.
create table setting (
  name text primary key,
  value text not null
);

create table corpus (
  id uuid primary key,
  tenant_id uuid not null references tenant,
  slug text not null check (slug ~ '^[a-z0-9-]{1,64}$'),
  created_at timestamptz not null,
  unique (tenant_id, slug)
);

create table document (
  id uuid primary key,
  tenant_id uuid not null references tenant,
  sha256 char(64) not null,
  media_type text not null,
  byte_length bigint not null check (byte_length >= 0),
  state text not null check (state in ('UPLOADED', 'EXTRACTING', 'EXTRACTED', 'FAILED')),
  failure_code text,
  failure_detail text,
  charset text,
  characters bigint not null default 0,
  tokens bigint not null default 0,
  -- the tokenizer that counted them
  tokenizer_sha256 char(64),
  created_at timestamptz not null,
  unique (tenant_id, sha256, media_type)
);
create index document_to_extract on document (id) where state in ('UPLOADED', 'EXTRACTING');

-- So that a deleted document is answered with 410, and its blobs go even after a crash.
create table deleted_document (
  id uuid primary key,
  tenant_id uuid not null references tenant,
  deleted_at timestamptz not null,
  blobs_deleted boolean not null default false
);
create index deleted_document_with_blobs on deleted_document (id) where not blobs_deleted;

create table membership (
  id uuid primary key,
  tenant_id uuid not null references tenant,
  corpus_id uuid not null references corpus on delete cascade,
  document_id uuid not null references document on delete cascade,
  title text not null,
  metadata jsonb not null default '{}',
  created_at timestamptz not null,
  unique (corpus_id, document_id)
);
create index membership_document on membership (document_id);

create table encoding (
  id uuid primary key,
  tenant_id uuid not null references tenant,
  document_id uuid not null references document on delete cascade,
  fingerprint char(64) not null,
  generation int not null check (generation > 0),
  state text not null check (state in ('QUEUED', 'ENCODING', 'READY', 'EVICTED', 'CORRUPT', 'CANCELLED', 'FAILED')),
  stretches int not null check (stretches > 0),
  stretches_published int not null default 0 check (stretches_published <= stretches),
  bytes_stored bigint not null default 0,
  failure_detail text,
  created_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  -- the rate is measured from here, so that time without a worker does not count
  measured_from timestamptz,
  measured_tokens bigint not null default 0,
  active_at timestamptz,
  unique (document_id, fingerprint, generation)
);
create index encoding_under_way on encoding (tenant_id, created_at) where state in ('QUEUED', 'ENCODING');

create table stretch (
  id uuid primary key,
  tenant_id uuid not null references tenant,
  encoding_id uuid not null references encoding on delete cascade,
  ordinal int not null check (ordinal >= 0),
  first_token bigint not null,
  token_count int not null check (token_count > 0),
  tokens_encoded int not null default 0 check (tokens_encoded <= token_count),
  attempt int not null default 0,
  enqueued_at timestamptz,
  unique (encoding_id, ordinal)
);

-- The manifest: a segment exists exactly if its row does.
create table segment (
  id uuid primary key,
  tenant_id uuid not null references tenant,
  stretch_id uuid not null unique references stretch on delete cascade,
  attempt int not null,
  generation int not null,
  blob_key text not null unique,
  byte_length bigint not null,
  sha256 char(64) not null,
  header_crc32c bigint not null,
  chunks int not null check (chunks > 0),
  created_at timestamptz not null
);
