package dev.cairn.corpus;

import dev.cairn.access.Caller;
import dev.cairn.catalogue.Ids;
import dev.cairn.catalogue.Page;
import dev.cairn.problem.Problem;
import dev.cairn.problem.ProblemCode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The corpora of a tenant. Every call throws invalid_request for a name that none can have. */
@Service
public class Corpora {

  private static final Pattern SLUG = Pattern.compile("[a-z0-9-]{1,64}");

  private final CorpusRows rows;
  private final Ids ids;

  Corpora(CorpusRows rows, Ids ids) {
    this.rows = rows;
    this.ids = ids;
  }

  /** The corpus of that name, made when absent; safe when several ask at once. */
  @Transactional
  public Corpus obtain(Caller caller, String slug) {
    return lookUp(caller, slug).orElseGet(() -> make(caller, slug));
  }

  private Corpus make(Caller caller, String slug) {
    rows.insertIfAbsent(ids.next(), caller.tenantId(), slug);
    return lookUp(caller, slug).orElseThrow(Corpora::deletedMeanwhile);
  }

  static Problem deletedMeanwhile() {
    return new Problem(
        ProblemCode.DELETED_MEANWHILE,
        "The document or the corpus was deleted at this moment: send it again.");
  }

  /**
   * @throws Problem corpus_not_found
   */
  public Corpus find(Caller caller, String slug) {
    return lookUp(caller, slug).orElseThrow(() -> notFound(slug));
  }

  Optional<Corpus> lookUp(Caller caller, String slug) {
    check(slug);
    return rows.findByTenantIdAndSlug(caller.tenantId(), slug).map(CorpusRow::toCorpus);
  }

  /**
   * Removes the corpus and its memberships; the documents stay.
   *
   * @throws Problem corpus_not_found
   */
  @Transactional
  public void delete(Caller caller, String slug) {
    check(slug);
    if (rows.delete(caller.tenantId(), slug) == 0) {
      throw notFound(slug);
    }
  }

  /**
   * The corpora by name.
   *
   * @param limit 1 to 200
   * @param cursor of the page before, or null for the first
   */
  public Page<Corpus> list(Caller caller, int limit, @Nullable String cursor) {
    Page.checkLimit(limit);
    String after = Page.position(cursor);
    List<Corpus> found =
        rows
            .findByTenantIdAndSlugGreaterThanOrderBySlug(
                caller.tenantId(), after, Limit.of(limit + 1))
            .stream()
            .map(CorpusRow::toCorpus)
            .toList();
    return Page.of(found, limit, Corpus::slug);
  }

  /** What is in each of these corpora. */
  public List<CorpusContents> contents(List<Corpus> corpora) {
    Map<UUID, CorpusContents> filled =
        rows.contents(corpora.stream().map(Corpus::id).toList()).stream()
            .collect(Collectors.toMap(CorpusContents::corpusId, Function.identity()));
    return corpora.stream()
        .map(corpus -> filled.getOrDefault(corpus.id(), CorpusContents.none(corpus.id())))
        .toList();
  }

  private static void check(String slug) {
    if (!SLUG.matcher(slug).matches()) {
      throw new Problem(
          ProblemCode.INVALID_REQUEST,
          "A corpus is named by 1 to 64 of the characters a-z, 0-9 and -.");
    }
  }

  private static Problem notFound(String slug) {
    return new Problem(
        ProblemCode.CORPUS_NOT_FOUND,
        "There is no corpus %s: make it by PUT, or upload a document into it.".formatted(slug));
  }
}
