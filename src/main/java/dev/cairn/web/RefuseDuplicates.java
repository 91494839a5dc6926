package dev.cairn.web;

import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.stereotype.Component;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.json.JsonMapper;

/** Refuses JSON in which a field stands twice: one of the two would be lost without a word. */
@Component
final class RefuseDuplicates implements JsonMapperBuilderCustomizer {

  @Override
  public void customize(JsonMapper.Builder mapper) {
    mapper.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION);
  }
}
