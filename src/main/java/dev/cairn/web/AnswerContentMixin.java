package dev.cairn.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.cairn.answer.AnswerContent;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.jackson.JacksonMixin;

/** An answer is sent without what was not asked for, but always says what its evidence is. */
@JacksonMixin(AnswerContent.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
interface AnswerContentMixin {

  @JsonInclude(JsonInclude.Include.ALWAYS)
  @Nullable Double evidence();
}
