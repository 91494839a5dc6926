package dev.cairn.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.cairn.answer.TracedToken;
import org.springframework.boot.jackson.JacksonMixin;

/** A chunk that a token read is sent without what did not count. */
@JacksonMixin(TracedToken.Chunk.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
interface TracedChunkMixin {}
