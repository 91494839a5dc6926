package dev.cairn.catalogue;

import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Values that are chosen once for a catalogue and then kept. */
@Component
public class FixedValues {

  private final JdbcClient jdbc;

  FixedValues(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  public Optional<String> find(String name) {
    return jdbc.sql("select value from setting where name = :name")
        .param("name", name)
        .query(String.class)
        .optional();
  }

  /** Keeps the value unless one is kept already; returns the one that is kept. */
  public String keep(String name, String value) {
    jdbc.sql("insert into setting (name, value) values (:name, :value) on conflict do nothing")
        .param("name", name)
        .param("value", value)
        .update();
    return find(name).orElseThrow();
  }
}
