package dev.cairn.stream;

import dev.cairn.CairnApplication;
import dev.cairn.model.AnswerWriter;
import dev.cairn.model.ChunkMemory;
import dev.cairn.model.GeneratedToken;
import dev.cairn.model.Generation;
import dev.cairn.model.Reading;
import dev.cairn.model.Sampling;
import dev.cairn.model.StoredChunk;
import dev.cairn.model.TokenSink;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Primary;

/**
 * Writes a known text at a set pace in place of the model, so that what carries answers can be
 * loaded beyond what a model could write here. The seed of a question says which text; a negative
 * one has no pace. All else of the service is real; {@link #main} starts it.
 *
 * <p>When each token was written is appended to a file, on the clock of {@link System#nanoTime()},
 * which Linux gives all processes alike.
 */
@Primary
public final class ScriptedAnswers implements AnswerWriter {

  /** Of the tiny checkpoint, whose tokens are bytes behind three control tokens. */
  private static final int FIRST_BYTE_ID = 3;

  private static final int CHUNK_TOKENS = 8;
  private static final int LETTERS = 26;

  private final long paceNanos;
  private final Path times;

  ScriptedAnswers(
      @Value("${scripted.pace}") Duration pace, @Value("${scripted.times}") Path times) {
    this.paceNanos = pace.toNanos();
    this.times = times;
  }

  public static void main(String[] arguments) {
    new SpringApplicationBuilder(CairnApplication.class, ScriptedAnswers.class).run(arguments);
  }

  /** The text that is written for a seed. */
  public static String text(long seed, int tokens) {
    StringBuilder text = new StringBuilder();
    for (int token = 0; token < tokens; token++) {
      text.append(letter(seed, token));
    }
    return text.toString();
  }

  /** Neighbours differ, also across seeds, so that a text shows what was lost or moved. */
  private static char letter(long seed, int token) {
    return (char) ('a' + Math.floorMod(seed * 5 + token * 7L + token / LETTERS, LETTERS));
  }

  @Override
  public Generation generate(int[] prompt, ChunkMemory memory, Sampling sampling, TokenSink sink) {
    List<GeneratedToken> tokens = new ArrayList<>();
    long[] written = new long[sampling.maxTokens()];
    long start = System.nanoTime();
    boolean goesOn = true;
    while (goesOn && tokens.size() < sampling.maxTokens()) {
      awaitTurn(sampling.seed(), start + tokens.size() * paceNanos);
      GeneratedToken token = token(sampling.seed(), tokens.size(), memory);
      written[tokens.size()] = System.nanoTime();
      tokens.add(token);
      goesOn = sink.accept(token);
    }
    note(sampling.seed(), written, tokens.size());
    return new Generation(
        tokens,
        goesOn ? Generation.FinishReason.LENGTH : Generation.FinishReason.CANCELLED,
        null,
        null,
        new Generation.Cost(prompt.length, 0, 1, 0, 0, 0, 0));
  }

  private static void awaitTurn(long seed, long turnNanos) {
    long left = turnNanos - System.nanoTime();
    while (seed >= 0 && left > 0) {
      LockSupport.parkNanos(left);
      left = turnNanos - System.nanoTime();
    }
  }

  /** Reads a stored chunk, as the model does for each token. */
  private static GeneratedToken token(long seed, int number, ChunkMemory memory) {
    float[] mass = new float[CHUNK_TOKENS];
    mass[0] = 1;
    try (StoredChunk chunk = memory.hold(new int[] {0})[0]) {
      chunk.keysValues().get(ValueLayout.JAVA_BYTE, 0);
    }
    return new GeneratedToken(
        FIRST_BYTE_ID + letter(seed, number),
        0,
        new Reading(new int[] {0}, new float[][] {mass}, List.of()));
  }

  private synchronized void note(long seed, long[] written, int count) {
    try (DataOutputStream out =
        new DataOutputStream(
            new BufferedOutputStream(
                Files.newOutputStream(
                    times, StandardOpenOption.CREATE, StandardOpenOption.APPEND)))) {
      out.writeLong(seed);
      out.writeInt(count);
      for (int token = 0; token < count; token++) {
        out.writeLong(written[token]);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
