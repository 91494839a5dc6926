package dev.cairn.citation;

import dev.cairn.recall.ChunkPlace;
import dev.cairn.tokenizer.Tokens;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What an answer read of one document.
 *
 * @param tokens all tokens of the chunks that were read, in the document's order
 */
record DocumentMass(UUID documentId, String title, List<AttendedToken> tokens) {

  /**
   * @param place of a chunk; null for one that is left out
   */
  static Collection<DocumentMass> all(AnswerMass mass, IntFunction<@Nullable ChunkPlace> place) {
    Map<UUID, DocumentMass> documents = new LinkedHashMap<>();
    mass.byChunk()
        .forEach(
            (chunk, tokenMass) -> {
              ChunkPlace at = place.apply(chunk);
              if (at != null) {
                documents
                    .computeIfAbsent(
                        at.documentId(), id -> new DocumentMass(id, at.title(), new ArrayList<>()))
                    .add(at, tokenMass);
              }
            });
    return documents.values();
  }

  private void add(ChunkPlace place, double[] mass) {
    Tokens at = place.tokens();
    long firstToken = (long) place.chunkInDocument() * mass.length;
    double evenShare = AnswerMass.sum(mass) / mass.length;
    for (int i = 0; i < at.count(); i++) {
      long start = at.charStart()[i];
      TextRange range = new TextRange(start, start + at.charLength()[i]);
      tokens.add(new AttendedToken(firstToken + i, range, mass[i], mass[i] > evenShare));
    }
  }

  /** The mass of the tokens whose last character lies in the range: no token counts twice. */
  double mass(TextRange range) {
    return tokens.stream()
        .filter(token -> range.contains(token.range().end() - 1))
        .mapToDouble(AttendedToken::mass)
        .sum();
  }
}
