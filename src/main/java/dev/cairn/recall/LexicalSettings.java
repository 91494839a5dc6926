package dev.cairn.recall;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the words of chunks count.
 *
 * @param scale what a score of 0 to 1 is multiplied with before it is added to a chunk's score;
 *     absent, what suits the model's form
 * @param openIndexes indexes of segments that are kept open between questions, at most; each takes
 *     one file handle
 */
@Validated
@ConfigurationProperties("cairn.lexical")
record LexicalSettings(
    @Nullable @PositiveOrZero @Max(1000) Float scale,
    @DefaultValue("2048") @Positive int openIndexes) {}
