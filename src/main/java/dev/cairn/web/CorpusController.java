package dev.cairn.web;

import dev.cairn.access.Caller;
import dev.cairn.catalogue.Page;
import dev.cairn.corpus.Corpora;
import dev.cairn.corpus.Corpus;
import dev.cairn.corpus.CorpusContents;
import dev.cairn.corpus.MembershipStatus;
import dev.cairn.corpus.Memberships;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Corpora and what is in them. */
@RestController
@RequestMapping("/api/v1/corpora")
class CorpusController {

  private final Corpora corpora;
  private final Memberships memberships;

  CorpusController(Corpora corpora, Memberships memberships) {
    this.corpora = corpora;
    this.memberships = memberships;
  }

  /**
   * A corpus as a caller sees it.
   *
   * @param documents how many it holds
   * @param tokens of their texts
   * @param bytes that were uploaded
   */
  record CorpusView(String slug, Instant createdAt, long documents, long tokens, long bytes) {

    private static CorpusView of(Corpus corpus, CorpusContents contents) {
      return new CorpusView(
          corpus.slug(),
          corpus.createdAt(),
          contents.documents(),
          contents.tokens(),
          contents.bytes());
    }
  }

  private List<CorpusView> views(List<Corpus> shown) {
    List<CorpusContents> contents = corpora.contents(shown);
    return IntStream.range(0, shown.size())
        .mapToObj(i -> CorpusView.of(shown.get(i), contents.get(i)))
        .toList();
  }

  private CorpusView view(Corpus corpus) {
    return views(List.of(corpus)).getFirst();
  }

  @GetMapping
  Page<CorpusView> list(
      Caller caller,
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    Page<Corpus> page = corpora.list(caller, limit, cursor);
    return new Page<>(views(page.items()), page.cursor());
  }

  @PutMapping("/{slug}")
  CorpusView obtain(Caller caller, @PathVariable String slug) {
    return view(corpora.obtain(caller, slug));
  }

  @GetMapping("/{slug}")
  CorpusView find(Caller caller, @PathVariable String slug) {
    return view(corpora.find(caller, slug));
  }

  @DeleteMapping("/{slug}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(Caller caller, @PathVariable String slug) {
    corpora.delete(caller, slug);
  }

  @GetMapping("/{slug}/documents")
  Page<MembershipStatus> documents(
      Caller caller,
      @PathVariable String slug,
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    return memberships.list(caller, slug, limit, cursor);
  }

  @DeleteMapping("/{slug}/documents/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void leave(Caller caller, @PathVariable String slug, @PathVariable UUID id) {
    memberships.leave(caller, slug, id);
  }
}
