package dev.cairn.corpus;

import jakarta.validation.constraints.Positive;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Limits of what users write about a membership.
 *
 * @param titleCharacters code points of a title, at most
 * @param metadataBytes of a membership's metadata as JSON in UTF-8, at most
 */
@Validated
@ConfigurationProperties("cairn.memory")
record LabelSettings(
    @DefaultValue("500") @Positive int titleCharacters,
    @DefaultValue("16384") @Positive int metadataBytes) {}
