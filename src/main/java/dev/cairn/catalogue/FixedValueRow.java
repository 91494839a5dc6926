package dev.cairn.catalogue;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

@Entity
@Table(name = "setting")
@SuppressWarnings({"NullAway.Init", "unused"}) // filled by Hibernate, read by queries
class FixedValueRow {

  @Id private String name;
  private String value;
}
