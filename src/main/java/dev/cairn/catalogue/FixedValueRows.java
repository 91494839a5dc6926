package dev.cairn.catalogue;

import java.util.Optional;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.NativeQuery;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;
import org.springframework.transaction.annotation.Transactional;

@Transactional
interface FixedValueRows extends Repository<FixedValueRow, String> {

  @Query("select v.value from FixedValueRow v where v.name = :name")
  Optional<String> find(String name);

  @Modifying
  @NativeQuery("insert into setting (name, value) values (:name, :value) on conflict do nothing")
  void insertIfAbsent(String name, String value);
}
