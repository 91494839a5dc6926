package dev.cairn.catalogue;

import dev.cairn.model.KvFormat;
import dev.cairn.model.ModelForm;
import dev.cairn.segment.Fingerprint;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How documents are cut and stored from now on.
 *
 * @param chunksPerStretch chunks that one job encodes into one segment, at most; whole blocks of
 *     the model; fewer where a chunk is large
 * @param kvFormat how keys and values are stored; what is stored otherwise is stale; absent, what
 *     suits the model's form
 */
@Validated
@ConfigurationProperties("cairn.memory")
public record EncodingSettings(
    @DefaultValue("1024") @Min(1) @Max(Fingerprint.CHUNKS_PER_STRETCH) int chunksPerStretch,
    @Nullable KvFormat kvFormat) {

  /** The setting, else what suits the form. */
  public KvFormat kvFormat(ModelForm form) {
    return kvFormat == null ? KvFormat.suiting(form) : kvFormat;
  }
}
