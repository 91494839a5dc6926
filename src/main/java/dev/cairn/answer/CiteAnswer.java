package dev.cairn.answer;

import dev.cairn.access.Caller;
import dev.cairn.memory.ChunkPlace;
import dev.cairn.memory.DocumentText;
import dev.cairn.memory.DocumentTexts;
import dev.cairn.memory.Documents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.springframework.stereotype.Component;

/** Cites the passages that an answer read. */
@Component
final class CiteAnswer {

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
   * @param answer its text
   * @param mass what its tokens read
   * @param place of a chunk that was read
   * @return the weightiest first; of equal ones, the one that comes first in the corpus
   */
  List<Citation> cite(
      Caller caller, String answer, AnswerMass mass, IntFunction<ChunkPlace> place) {
    List<Passage> passages = new ArrayList<>();
    for (ReadDocument read : ReadDocument.all(mass, place)) {
      passages.addAll(passages(caller, read));
    }
    return heaviest(passages, mass.total()).stream()
        .map(passage -> passage.cite(answer, mass.total()))
        .toList();
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

  private List<Passage> passages(Caller caller, ReadDocument read) {
    try (DocumentText text = texts.open(documents.find(caller, read.documentId()))) {
      List<TextRange> sentences = new ArrayList<>();
      for (TextRange passage : Passages.find(read.tokens())) {
        widen(passage, text).ifPresent(sentences::add);
      }
      List<Passage> passages = new ArrayList<>();
      for (TextRange range : TextRange.apart(sentences, Passages.LONGEST)) {
        String quote = text.read(range.start(), range.end());
        passages.add(new Passage(read.documentId(), read.title(), range, quote, read.mass(range)));
      }
      return passages;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<TextRange> widen(TextRange passage, DocumentText text)
      throws IOException {
    long start = Math.max(0, passage.start() - REACH);
    long end = Math.min(text.length(), passage.end() + REACH);
    return Sentences.widen(passage, start, text.read(start, end));
  }
}
