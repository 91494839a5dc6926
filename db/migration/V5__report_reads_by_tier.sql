-- Reports tell chunks, bytes and hits by tier; all that was read so far came from the disk. Text in
-- an answer escapes its quotation marks, so only the report itself matches.
update answer
set content = regexp_replace(
  content,
  '"distinctChunksRead":(\d+),"bytesRead":\{"disk":(\d+)\}',
  '"distinctChunksRead":\1,"distinctChunksByTier":{"ram":0,"disk":\1},"bytesRead":{"ram":0,"disk":\2},"hitRate":0');
