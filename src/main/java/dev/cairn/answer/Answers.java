package dev.cairn.answer;

import dev.cairn.access.Caller;
import dev.cairn.catalogue.Documents;
import dev.cairn.catalogue.Ids;
import dev.cairn.catalogue.Page;
import dev.cairn.citation.Citation;
import dev.cairn.corpus.AskedScope;
import dev.cairn.problem.Problem;
import dev.cairn.problem.ProblemCode;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The answers of a tenant: kept to be read again, never to answer another question from. */
@Service
@Transactional
public class Answers {

  /** What the first page begins before. */
  private static final UUID AFTER_ALL = new UUID(-1, -1);

  private final AnswerRows rows;
  private final Documents documents;
  private final Ids ids;
  private final double leaseSeconds;
  private final Set<UUID> running = ConcurrentHashMap.newKeySet();

  Answers(AnswerRows rows, Documents documents, Ids ids, AnswerSettings settings) {
    this.rows = rows;
    this.documents = documents;
    this.ids = ids;
    this.leaseSeconds = settings.lease().toMillis() / 1e3;
  }

  /** Renews those of what this process writes and fails what a process left that is gone. */
  void renewLeases() {
    Set<UUID> own = Set.copyOf(running);
    if (!own.isEmpty()) {
      rows.keepAlive(own, leaseSeconds);
    }
    rows.failSilent(
        ProblemCode.INTERNAL.json(), "The program ended before the answer did: ask again.");
  }

  /** Notes that a question is being answered. */
  UUID begin(Caller caller, AskedScope scope, String question) {
    UUID id = ids.next();
    rows.insert(id, caller.tenantId(), StoredAnswerFormat.write(scope), question, leaseSeconds);
    running.add(id);
    return id;
  }

  /** No longer keeps it alive; to be called after it was finished or failed, whatever happened. */
  void letGo(UUID id) {
    running.remove(id);
  }

  /** Keeps the answer, unless it was deleted meanwhile. */
  void finish(UUID id, AnswerContent content) {
    Answer.State state = content.cancelled() ? Answer.State.CANCELLED : Answer.State.FINISHED;
    rows.finish(id, state, StoredAnswerFormat.write(content));
  }

  /** Keeps why there is no answer. */
  void fail(UUID id, Answer.Failure failure) {
    rows.fail(id, failure.code(), failure.detail());
  }

  /**
   * @throws Problem answer_not_found, also when it is another tenant's
   */
  public Answer find(Caller caller, UUID id) {
    return rows.findByTenantIdAndId(caller.tenantId(), id)
        .map(this::read)
        .orElseThrow(() -> notFound(id));
  }

  /**
   * The answers, the newest first.
   *
   * @param limit 1 to 200
   * @param cursor of the page before, or null for the first
   */
  public Page<Answer> list(Caller caller, int limit, @Nullable String cursor) {
    Page.checkLimit(limit);
    List<Answer> found =
        rows
            .findByTenantIdAndIdLessThanOrderByIdDesc(
                caller.tenantId(), before(cursor), Limit.of(limit + 1))
            .stream()
            .map(this::read)
            .toList();
    return Page.of(found, limit, answer -> answer.id().toString());
  }

  private static UUID before(@Nullable String cursor) {
    try {
      return cursor == null ? AFTER_ALL : UUID.fromString(Page.position(cursor));
    } catch (IllegalArgumentException e) {
      throw Page.unknownCursor(e);
    }
  }

  /**
   * @throws Problem answer_not_found, also when it is another tenant's
   */
  public void delete(Caller caller, UUID id) {
    if (rows.delete(caller.tenantId(), id) == 0) {
      throw notFound(id);
    }
  }

  /** Deletes the answers that began before a time, and says how many they were. */
  public int delete(Caller caller, Instant before) {
    return rows.deleteBefore(caller.tenantId(), before);
  }

  public int deleteAll(Caller caller) {
    return rows.deleteAll(caller.tenantId());
  }

  private Answer read(AnswerRow row) {
    String content = row.content();
    return row.toAnswer(
        StoredAnswerFormat.readScope(row.scope()),
        content == null ? null : noteDeletions(StoredAnswerFormat.read(content)));
  }

  private AnswerContent noteDeletions(AnswerContent content) {
    return content.withCitations(
        noteDeletions(content.citations()), noteDeletions(content.lookedAt()));
  }

  private List<Citation> noteDeletions(List<Citation> citations) {
    return citations.stream()
        .map(cited -> cited.withSourceDeleted(documents.get(cited.documentId()).isEmpty()))
        .toList();
  }

  private static Problem notFound(UUID id) {
    return new Problem(ProblemCode.ANSWER_NOT_FOUND, "There is no answer %s.".formatted(id));
  }
}
