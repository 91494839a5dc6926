package dev.cairn.citation;

import dev.cairn.access.Caller;
import dev.cairn.catalogue.Documents;
import dev.cairn.corpus.LeftOut;
import dev.cairn.recall.ChunkPlace;
import dev.cairn.recall.UnreadableSegmentException;
import dev.cairn.text.DocumentText;
import dev.cairn.text.DocumentTexts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Cites the passages that an answer read. */
@Component
public final class CiteAnswer {

  /** Citations of one answer, at most. */
  static final int MOST = 5;

  /** The share of the answer's attention below which a passage is chance, not a source. */
  static final double LEAST_WEIGHT = 0.01;

  /** How far a sentence is looked for on either side of what was read, in code points. */
  static final int REACH = 400;

  private final Documents documents;
  private final DocumentTexts texts;

  CiteAnswer(Documents documents, DocumentTexts texts) {
    this.documents = documents;
    this.texts = texts;
  }

  /**
   * @param answer what the quotes are chosen by
   * @param mass what its tokens read
   * @param place of a chunk that was read
   */
  public Citations cite(
      Caller caller, WrittenText answer, AnswerMass mass, IntFunction<ChunkPlace> place) {
    Set<LeftOut> leftOut = new LinkedHashSet<>();
    List<Passage> passages = new ArrayList<>();
    for (DocumentMass read :
        DocumentMass.all(mass, chunk -> placeUnlessDeleted(caller, chunk, place, leftOut))) {
      Optional<List<Passage>> found = passages(caller, answer, read);
      found.ifPresentOrElse(
          passages::addAll, () -> leftOut.add(leftOut(caller, read.documentId(), read.title())));
    }
    List<Citation> citations =
        heaviest(passages, mass.total()).stream()
            .map(passage -> passage.cite(answer, mass.total()))
            .toList();
    return new Citations(citations, List.copyOf(leftOut));
  }

  /** Chunks kept in memory can be read after their document was deleted; its files cannot. */
  private @Nullable ChunkPlace placeUnlessDeleted(
      Caller caller, int chunk, IntFunction<ChunkPlace> place, Set<LeftOut> deleted) {
    try {
      return place.apply(chunk);
    } catch (UnreadableSegmentException e) {
      if (documents.get(caller, e.documentId()).isPresent()) {
        throw e;
      }
      deleted.add(leftOut(caller, e.documentId(), e.title()));
      return null;
    }
  }

  private LeftOut leftOut(Caller caller, UUID documentId, String title) {
    boolean isThere = documents.get(caller, documentId).isPresent();
    return new LeftOut(documentId, title, isThere ? "corrupt" : "deleted", 0);
  }

  /**
   * @param total the mass of the whole answer
   */
  static List<Passage> heaviest(List<Passage> passages, double total) {
    return passages.stream()
        .filter(passage -> passage.mass() >= LEAST_WEIGHT * total)
        .sorted(Comparator.comparingDouble(Passage::mass).reversed())
        .limit(MOST)
        .toList();
  }

  /** Empty when the document, or its text, is not there any more. */
  private Optional<List<Passage>> passages(Caller caller, WrittenText answer, DocumentMass read) {
    try (DocumentText text = texts.find(caller, read.documentId()).orElse(null)) {
      return text == null ? Optional.empty() : Optional.of(passages(text, answer, read));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Passage> passages(DocumentText text, WrittenText answer, DocumentMass read)
      throws IOException {
    List<TextRange> sentences = new ArrayList<>();
    for (TextRange run : SalientRuns.find(read.tokens())) {
      widen(run, text).ifPresent(sentences::add);
    }
    List<Passage> passages = new ArrayList<>();
    for (TextRange range : TextRange.apart(sentences, SalientRuns.LONGEST)) {
      String passage = text.read(range.start(), range.end());
      TextRange quoted = Quotes.of(range, passage, answer, read::mass);
      String quote = quoted.of(passage, range.start());
      passages.add(
          new Passage(
              read.documentId(),
              read.title(),
              quoted,
              quote,
              read.marks(quoted, quote),
              read.mass(range)));
    }
    return passages;
  }

  private static Optional<TextRange> widen(TextRange run, DocumentText text) throws IOException {
    long start = Math.max(0, run.start() - REACH);
    long end = Math.min(text.length(), run.end() + REACH);
    return Sentences.widen(run, start, text.read(start, end));
  }
}
