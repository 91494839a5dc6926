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
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an answer read of one document.
 *
 * @param tokens all tokens of the chunks that were read, in the document's order
 */
record DocumentMass(UUID documentId, String title, List<AttendedToken> tokens) {

  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}]+");

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

  /**
   * The words of a quote in which a token drew more than an even share of its chunk.
   *
   * @param text what stands there
   */
  List<Mark> marks(TextRange quote, String text) {
    double whole = mass(quote);
    return WORD.matcher(text)
        .results()
        .map(word -> word(quote, text, word))
        .filter(word -> inside(word).anyMatch(AttendedToken::salient))
        .map(word -> new Mark(word.start(), word.end(), mass(word) / whole))
        .toList();
  }

  private static TextRange word(TextRange quote, String text, MatchResult word) {
    long start = quote.start() + text.codePointCount(0, word.start());
    return new TextRange(start, start + text.codePointCount(word.start(), word.end()));
  }

  /** The mass of the tokens whose last character lies in the range: no token counts twice. */
  double mass(TextRange range) {
    return inside(range).mapToDouble(AttendedToken::mass).sum();
  }

  private Stream<AttendedToken> inside(TextRange range) {
    return tokens.stream().filter(token -> range.contains(token.range().end() - 1));
  }
}
