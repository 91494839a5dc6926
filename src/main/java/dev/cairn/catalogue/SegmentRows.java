package dev.cairn.catalogue;

import dev.cairn.segment.SegmentManifest;
import dev.cairn.segment.SegmentRef;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.NativeQuery;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;
import org.springframework.transaction.annotation.Transactional;

@Transactional
interface SegmentRows extends Repository<SegmentRow, UUID> {

  /** The fence: nothing unless the attempt is the stretch's latest and none was published. */
  @Modifying
  @NativeQuery(
      """
      insert into segment (id, tenant_id, stretch_id, attempt, generation, blob_key, byte_length,
        sha256, header_crc32c, chunks, created_at)
      select :id, s.tenant_id, s.id, s.attempt, :#{#claim.generation()}, :blobKey,
        :#{#manifest.byteLength()}, :#{#manifest.sha256()}, :#{#manifest.headerCrc32c()},
        :#{#manifest.chunks()}, now()
      from stretch s
      where s.id = :#{#claim.stretchId()} and s.attempt = :#{#claim.attempt()}
      on conflict (stretch_id) do nothing
      """)
  int insert(UUID id, StretchClaim claim, SegmentManifest manifest, String blobKey);

  String PLACED =
      """
       from SegmentRow g
        join StretchRow s on s.id = g.stretchId
        join EncodingRow e on e.id = s.encodingId
      """;

  String REFS =
      """
      select new dev.cairn.segment.SegmentRef(g.id, g.tenantId, e.documentId, s.ordinal,
        e.fingerprint, e.generation, g.blobKey, g.byteLength, g.sha256, g.headerCrc32c, g.chunks)
      """
          + PLACED;

  @Query(REFS + "where e.id in :encodings order by e.id, s.ordinal")
  List<SegmentRef> ofEncodings(Collection<UUID> encodings);

  @Query(
      REFS
          + "where e.state in (ENCODING, READY) and e.fingerprint = :fingerprint order by e.id, s.ordinal")
  List<SegmentRef> live(String fingerprint);

  @Query("select g.id" + PLACED + "where e.state in (ENCODING, READY) and g.id in :segments")
  Set<UUID> liveAmong(Collection<UUID> segments);
}
