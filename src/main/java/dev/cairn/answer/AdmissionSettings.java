package dev.cairn.answer;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How many questions are let in.
 *
 * @param openAnswers answers being written, at most; each holds memory and open files
 * @param waitingQuestions questions that wait for one of their places, at most
 * @param tenantShare of the places, and of the queue, that one tenant can take; at least one of
 *     each
 */
@Validated
@ConfigurationProperties("cairn.answer")
record AdmissionSettings(
    @Positive @DefaultValue("32") int openAnswers,
    @PositiveOrZero @DefaultValue("64") int waitingQuestions,
    @DecimalMin("0") @DecimalMax("1") @DefaultValue("0.75") double tenantShare) {

  int ofTenant(int places) {
    return Math.max(1, (int) (places * tenantShare));
  }
}
