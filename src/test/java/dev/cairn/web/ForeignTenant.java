package dev.cairn.web;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A tenant that the tests' caller does not belong to. */
public final class ForeignTenant {

  private ForeignTenant() {}

  /** Makes a new one. */
  static UUID insert(JdbcClient jdbc) {
    UUID other = UUID.randomUUID();
    jdbc.sql("insert into tenant (id, name) values (:id, :name)")
        .param("id", other)
        .param("name", other.toString())
        .update();
    return other;
  }

  /** Makes a new one and gives it an answer. */
  public static void take(JdbcClient jdbc, String answerId) {
    jdbc.sql("update answer set tenant_id = :tenant where id = :id")
        .param("tenant", insert(jdbc))
        .param("id", UUID.fromString(answerId))
        .update();
  }
}
