package dev.cairn.web;

import dev.cairn.answer.CacheReport;
import dev.cairn.model.ComputePath;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.LinkedHashMap;
import java.util.Map;

/** A cache report as it is sent. */
@Schema(name = "CacheReport")
public record ReportView(
    @Schema(
            allowableValues = {
              "attention",
              "attention+sentence",
              "attention+lexical",
              "attention+sentence+lexical"
            })
        String retrieval,
    long chunksVisible,
    long chunksScored,
    int distinctChunksRead,
    CacheReport.ByTier distinctChunksByTier,
    CacheReport.ByTier bytesRead,
    double hitRate,
    long landmarkBytesLoaded,
    long tokensNotReencoded,
    Map<String, Double> stageMillis,
    double totalMillis,
    ComputePath computePath,
    String device,
    String fingerprint) {

  public static ReportView of(CacheReport report) {
    Map<String, Double> stageMillis = new LinkedHashMap<>();
    report.stageMillis().forEach((stage, millis) -> stageMillis.put(stage.json(), millis));
    return new ReportView(
        report.retrieval().json(),
        report.chunksVisible(),
        report.chunksScored(),
        report.distinctChunksRead(),
        report.distinctChunksByTier(),
        report.bytesRead(),
        report.hitRate(),
        report.landmarkBytesLoaded(),
        report.tokensNotReencoded(),
        stageMillis,
        report.totalMillis(),
        report.computePath(),
        report.device(),
        report.fingerprint());
  }
}
