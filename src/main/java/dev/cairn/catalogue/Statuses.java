package dev.cairn.catalogue;

import dev.cairn.segment.Fingerprint;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads how far documents are under the loaded fingerprint. */
@Component
public class Statuses {

  private static final String COLUMNS =
      """
      select d.*, e.generation, e.state as encoding_state, e.failure_detail as encoding_failure,
        e.measured_from, e.measured_tokens, e.active_at,
        (select sum(tokens_encoded) from stretch where encoding_id = e.id) as tokens_encoded,
        (select sum(bytes_stored) from encoding where document_id = d.id) as bytes_stored,
        exists (select 1 from encoding where document_id = d.id and fingerprint <> :fingerprint)
          as encoded_otherwise,
        (select id from encoding
          where document_id = d.id and fingerprint = :fingerprint and state = 'READY'
          order by generation desc limit 1) as readable_encoding
      """;
  private static final String CURRENT_ENCODING =
      """
      left join lateral (
        select * from encoding where document_id = d.id and fingerprint = :fingerprint
        order by generation desc limit 1) e on true
      """;
  private static final String OF_DOCUMENT =
      COLUMNS
          + "from document d "
          + CURRENT_ENCODING
          + "where d.tenant_id = :tenant and d.id = :document";
  private static final String MEMBERS =
      COLUMNS
          + ", m.id as membership_id, m.title, m.metadata, m.created_at as added_at "
          + "from membership m join document d on d.id = m.document_id "
          + CURRENT_ENCODING
          + "where m.corpus_id = :corpus ";
  private static final String ONE_MEMBER = MEMBERS + "and d.id = :document";
  private static final String MEMBERS_AFTER =
      MEMBERS + "and m.id > :after order by m.id limit :limit";

  /** What the first page begins after. */
  public static final UUID BEFORE_ALL = new UUID(0, 0);

  private final JdbcClient jdbc;
  private final Fingerprint fingerprint;

  Statuses(JdbcClient jdbc, Fingerprint fingerprint) {
    this.jdbc = jdbc;
    this.fingerprint = fingerprint;
  }

  /** A document in a corpus; the metadata is JSON. */
  public record Member(UUID id, String title, String metadata, Instant addedAt, StatusRow status) {

    public UUID documentId() {
      return status.document().id();
    }

    private static Member read(ResultSet row, Fingerprint fingerprint) throws SQLException {
      return new Member(
          row.getObject("membership_id", UUID.class),
          row.getString("title"),
          row.getString("metadata"),
          row.getObject("added_at", OffsetDateTime.class).toInstant(),
          StatusRow.read(row, fingerprint));
    }
  }

  Optional<DocumentStatus> ofDocument(UUID tenant, UUID document) {
    return query(OF_DOCUMENT)
        .param("tenant", tenant)
        .param("document", document)
        .query((row, number) -> StatusRow.read(row, fingerprint).toStatus())
        .optional();
  }

  public Optional<Member> ofMember(UUID corpus, UUID document) {
    return query(ONE_MEMBER)
        .param("corpus", corpus)
        .param("document", document)
        .query((row, number) -> Member.read(row, fingerprint))
        .optional();
  }

  /** The members that joined after the given membership, in the order in which they joined. */
  public List<Member> ofMembers(UUID corpus, UUID after, int limit) {
    return query(MEMBERS_AFTER)
        .param("corpus", corpus)
        .param("after", after)
        .param("limit", limit)
        .query((row, number) -> Member.read(row, fingerprint))
        .list();
  }

  private JdbcClient.StatementSpec query(String sql) {
    return jdbc.sql(sql).param("fingerprint", fingerprint.sha256());
  }
}
