package dev.cairn.answer;

import dev.cairn.citation.Evidence;
import dev.cairn.model.ModelForm;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The limits of questions and answers.
 *
 * @param promptTokens tokens of a prompt, at most: the question and the control tokens around it
 * @param contextTokens tokens of prompt and answer together, at most; absent, the checkpoint's
 *     sliding window, because the decoder forgets what lies further back
 * @param questionCharacters code points of a question, at most
 * @param maxTokens tokens of an answer when the question does not say
 * @param deadline of an answer from the question's arrival: the longest, and that of a question
 *     that does not say
 * @param lease after which an answer whose process went silent counts as failed
 * @param scopeEntries corpora, and chosen documents, that a question may name, at most
 * @param minEvidence an answer with less evidence becomes an abstention; with -1 none does; absent,
 *     what suits the model's form
 * @param retrieval what chunks are chosen by when a question does not say; absent, all that the
 *     checkpoint was made for
 */
@Validated
@ConfigurationProperties("cairn.answer")
public record AnswerSettings(
    @Positive @DefaultValue("384") int promptTokens,
    @Nullable @Min(2) Integer contextTokens,
    @Positive @DefaultValue("16384") int questionCharacters,
    @Positive @DefaultValue("128") int maxTokens,
    @NotNull @DefaultValue("10m") Duration deadline,
    @DurationMin(millis = 400) @DefaultValue("20s") Duration lease,
    @Positive @DefaultValue("1000") int scopeEntries,
    @Nullable @DecimalMin("-1") @DecimalMax("1") Double minEvidence,
    @Nullable String retrieval) {

  /** The setting, else what suits the form. */
  public double minEvidence(ModelForm form) {
    return minEvidence == null ? Evidence.least(form) : minEvidence;
  }
}
