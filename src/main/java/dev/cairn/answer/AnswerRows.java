package dev.cairn.answer;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.NativeQuery;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface AnswerRows extends Repository<AnswerRow, UUID> {

  Optional<AnswerRow> findByTenantIdAndId(UUID tenant, UUID id);

  List<AnswerRow> findByTenantIdAndIdLessThanOrderByIdDesc(UUID tenant, UUID before, Limit limit);

  @Modifying
  @NativeQuery(
      """
      insert into answer (id, tenant_id, scope, question, state, created_at)
      values (:id, :tenant, :scope, :question, 'RUNNING', now())
      """)
  void insert(UUID id, UUID tenant, String scope, String question);

  @Modifying
  @Query(
      """
      update AnswerRow a set a.state = :state, a.content = :content
      where a.id = :id and a.state = RUNNING
      """)
  void finish(UUID id, Answer.State state, String content);

  @Modifying
  @Query(
      """
      update AnswerRow a
      set a.state = FAILED, a.failureCode = :code, a.failureDetail = :detail
      where a.id = :id and a.state = RUNNING
      """)
  void fail(UUID id, String code, String detail);

  @Modifying
  @Query(
      """
      update AnswerRow a
      set a.state = FAILED, a.failureCode = :code, a.failureDetail = :detail
      where a.state = RUNNING
      """)
  void failAllRunning(String code, String detail);

  @Modifying
  @Query("delete from AnswerRow a where a.tenantId = :tenant and a.id = :id")
  int delete(UUID tenant, UUID id);
}
