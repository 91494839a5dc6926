-- Answers outlive their corpus and the documents they cite. The content is JSON in a text column,
-- because an answer or a quote may hold the character U+0000, which jsonb refuses.
create table answer (
  id uuid primary key,
  tenant_id uuid not null references tenant,
  corpus text not null,
  question text not null,
  state text not null check (state in ('RUNNING', 'FINISHED', 'FAILED', 'CANCELLED')),
  content text,
  failure_code text,
  failure_detail text,
  created_at timestamptz not null,
  check (state <> 'FINISHED' or content is not null),
  check (state <> 'FAILED' or failure_code is not null)
);
create index answer_by_tenant on answer (tenant_id, id);
