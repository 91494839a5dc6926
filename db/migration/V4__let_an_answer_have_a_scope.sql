-- A question may read several corpora, or a part of one. JSON in a text column, as the content is.
alter table answer add column scope text;
update answer
set scope = json_build_object(
  'corpora', json_build_array(corpus), 'documents', json_build_array(), 'metadata', json_build_object())::text;
alter table answer alter column scope set not null;
alter table answer drop column corpus;
