package dev.cairn.catalogue;

import java.util.Optional;
import org.springframework.stereotype.Service;

/** Values that are chosen once for a catalogue and then kept. */
@Service
public class FixedValues {

  private final FixedValueRows rows;

  FixedValues(FixedValueRows rows) {
    this.rows = rows;
  }

  public Optional<String> find(String name) {
    return rows.find(name);
  }

  /** Keeps the value unless one is kept already; returns the one that is kept. */
  public String keep(String name, String value) {
    rows.insertIfAbsent(name, value);
    return find(name).orElseThrow();
  }
}
