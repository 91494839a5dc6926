package dev.cairn.answer;

import java.time.Instant;
import java.util.Collection;
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
      insert into answer (id, tenant_id, scope, question, state, created_at, alive_until)
      values (
        :id, :tenant, :scope, :question, 'RUNNING', now(),
        now() + make_interval(secs => :leaseSeconds))
      """)
  void insert(UUID id, UUID tenant, String scope, String question, double leaseSeconds);

  @Modifying
  @NativeQuery(
      """
      update answer set alive_until = now() + make_interval(secs => :leaseSeconds)
      where id in (:ids) and state = 'RUNNING'
      """)
  void keepAlive(Collection<UUID> ids, double leaseSeconds);

  /** Also of one that counts as failed because its process seemed gone. */
  @Modifying
  @Query(
      """
      update AnswerRow a
      set a.state = :state, a.content = :content, a.failureCode = null, a.failureDetail = null
      where a.id = :id and a.state in (RUNNING, FAILED)
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
  @NativeQuery(
      """
      update answer
      set state = 'FAILED', failure_code = :code, failure_detail = :detail
      where state = 'RUNNING' and alive_until < now()
      """)
  void failSilent(String code, String detail);

  @Modifying
  @Query("delete from AnswerRow a where a.tenantId = :tenant and a.id = :id")
  int delete(UUID tenant, UUID id);

  @Modifying
  @Query("delete from AnswerRow a where a.tenantId = :tenant and a.createdAt < :before")
  int deleteBefore(UUID tenant, Instant before);

  @Modifying
  @Query("delete from AnswerRow a where a.tenantId = :tenant")
  int deleteAll(UUID tenant);
}
