package dev.cairn.answer;

import dev.cairn.model.ChunkChoice;
import dev.cairn.model.GeneratedToken;
import dev.cairn.recall.ChunkPlace;
import dev.cairn.recall.QuestionMemory;
import dev.cairn.tokenizer.Tokens;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Tells what each token of an answer read in each block. */
final class TraceAnswer {

  private final QuestionMemory memory;

  private final Map<Integer, ChunkPlace> places = new HashMap<>();

  /**
   * @param memory still open
   */
  TraceAnswer(QuestionMemory memory) {
    this.memory = memory;
  }

  List<TracedToken> trace(List<GeneratedToken> tokens) {
    return tokens.stream().map(this::trace).toList();
  }

  private TracedToken trace(GeneratedToken token) {
    return new TracedToken(token.id(), token.reading().blocks().stream().map(this::trace).toList());
  }

  private List<TracedToken.Chunk> trace(ChunkChoice block) {
    return IntStream.range(0, block.chunks().length)
        .mapToObj(i -> chunk(block.chunks()[i], block.scores()[i], block.weights()[i]))
        .sorted(Comparator.comparing(TraceAnswer::scoreOrLeast).reversed())
        .toList();
  }

  /** A neighbour of a chosen chunk was not scored. */
  private static float scoreOrLeast(TracedToken.Chunk chunk) {
    return chunk.score() == null ? Float.NEGATIVE_INFINITY : chunk.score();
  }

  private TracedToken.Chunk chunk(int chunk, float score, float weight) {
    ChunkPlace place = places.computeIfAbsent(chunk, memory::place);
    Tokens tokens = place.tokens();
    int last = tokens.count() - 1;
    return new TracedToken.Chunk(
        place.documentId(),
        place.chunkInDocument(),
        tokens.charStart()[0],
        tokens.charStart()[last] + tokens.charLength()[last],
        Float.isNaN(score) ? null : score,
        weight,
        at(memory.cosines(), chunk),
        at(memory.words(), chunk));
  }

  private static @Nullable Float at(float @Nullable [] scores, int chunk) {
    return scores == null ? null : scores[chunk];
  }
}
