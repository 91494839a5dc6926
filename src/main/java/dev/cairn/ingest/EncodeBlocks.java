package dev.cairn.ingest;

import dev.cairn.catalogue.StretchClaim;
import dev.cairn.catalogue.Stretches;
import dev.cairn.engine.Model;
import dev.cairn.job.StopSignal;
import dev.cairn.model.ChunkForm;
import dev.cairn.model.DocumentEncoder;
import dev.cairn.segment.Fingerprint;
import dev.cairn.segment.SegmentManifest;
import dev.cairn.segment.SegmentShape;
import dev.cairn.segment.SegmentWriter;
import dev.cairn.store.StagedBlob;
import dev.cairn.tokenizer.Tokens;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Future;
import org.springframework.stereotype.Component;

/**
 * Encodes a stretch block by block. The bits depend on the document alone, not on who encodes the
 * stretches around it: the blocks before the stretch are run through the encoder first, as many as
 * its window reaches back. However long the document is, this holds the tokens, keys and values of
 * one block, which is 8 MB for the shipped checkpoint, the sentence landmarks of four blocks and
 * the tables of the segment writer.
 */
@Component
class EncodeBlocks {

  /** How far the sentence encoder may fall behind. */
  private static final int BLOCKS_EMBEDDING = 4;

  private static final Duration NOTE_INTERVAL = Duration.ofSeconds(1);

  private final Model model;
  private final ChunkSentences sentences;
  private final Stretches stretches;
  private final Fingerprint fingerprint;
  private final Clock clock;

  EncodeBlocks(
      Model model,
      ChunkSentences sentences,
      Stretches stretches,
      Fingerprint fingerprint,
      Clock clock) {
    this.model = model;
    this.sentences = sentences;
    this.stretches = stretches;
    this.fingerprint = fingerprint;
    this.clock = clock;
  }

  /** What one stretch is encoded from. */
  private record Run(
      StretchClaim claim, TokenFile tokens, DocumentEncoder encoder, StopSignal stop) {

    long start() {
      return claim.firstToken();
    }

    long end() {
      return claim.firstToken() + claim.tokenCount();
    }

    Tokens block(long from) throws IOException {
      stop.check();
      return tokens.read(from, (int) Math.min(encoder.blockTokens(), end() - from));
    }
  }

  /**
   * Writes the whole segment.
   *
   * @throws dev.cairn.catalogue.StaleClaimException when the work is no longer wanted
   */
  SegmentManifest encode(StretchClaim claim, TokenFile tokens, StagedBlob segment, StopSignal stop)
      throws IOException {
    try (DocumentEncoder encoder = model.encoder()) {
      Run run = new Run(claim, tokens, encoder, stop);
      runUp(run);
      return encode(run, new SegmentWriter(segment, claim.identity(), shape(claim)));
    }
  }

  private SegmentShape shape(StretchClaim claim) {
    ChunkForm form = model.form().chunk();
    return new SegmentShape(
        form.chunks(claim.tokenCount()), form, sentences.dimension(), fingerprint.kvFormat());
  }

  private static void runUp(Run run) throws IOException {
    int blockTokens = run.encoder.blockTokens();
    if (run.start() % blockTokens != 0) {
      throw new IllegalStateException(
          "a stretch must begin at a multiple of %d tokens, not at token %d"
              .formatted(blockTokens, run.start()));
    }
    long from = Math.max(0, run.start() - (long) run.encoder.runUpBlocks() * blockTokens);
    for (long at = from; at < run.start(); at += blockTokens) {
      run.encoder.runUp(run.block(at).ids());
    }
  }

  private SegmentManifest encode(Run run, SegmentWriter segment) throws IOException {
    Queue<Future<float[][]>> embedding = new ArrayDeque<>();
    Instant noted = clock.instant();
    for (long at = run.start(); at < run.end(); at += run.encoder.blockTokens()) {
      Tokens block = run.block(at);
      segment.append(run.encoder.encode(block.ids()), block);
      embedding.add(sentences.embed(block));
      appendSentences(embedding, segment, BLOCKS_EMBEDDING);
      noted = noteProgress(run.claim, (int) (at - run.start()) + block.count(), noted);
    }
    appendSentences(embedding, segment, 0);
    return segment.finish();
  }

  /**
   * Tells how far the stretch is, now and then, and learns by it that the document was deleted or
   * the stretch given to another worker.
   */
  private Instant noteProgress(StretchClaim claim, int tokens, Instant last) {
    Instant now = clock.instant();
    if (Duration.between(last, now).compareTo(NOTE_INTERVAL) < 0) {
      return last;
    }
    stretches.progress(claim, tokens);
    return now;
  }

  private static void appendSentences(
      Queue<Future<float[][]>> embedding, SegmentWriter segment, int mayWait) throws IOException {
    while (embedding.size() > mayWait) {
      segment.appendSentences(ChunkSentences.await(embedding.remove()));
    }
  }
}
