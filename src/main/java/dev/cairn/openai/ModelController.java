package dev.cairn.openai;

import dev.cairn.access.Caller;
import dev.cairn.catalogue.Page;
import dev.cairn.corpus.Corpora;
import dev.cairn.corpus.Corpus;
import java.util.ArrayList;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** The corpora as the models of OpenAI's API. */
@RestController
@RequestMapping("/v1/models")
final class ModelController {

  private static final int PAGE = 200;

  private final Corpora corpora;

  ModelController(Corpora corpora) {
    this.corpora = corpora;
  }

  /**
   * @param created seconds since 1970
   */
  @JsonNaming(SnakeCaseStrategy.class)
  record Model(String id, String object, long created, String ownedBy) {

    static Model of(Corpus corpus) {
      return new Model(
          ModelName.of(corpus.slug()), "model", corpus.createdAt().getEpochSecond(), "cairn");
    }
  }

  record Models(String object, List<Model> data) {}

  @GetMapping
  Models list(Caller caller) {
    List<Model> models = new ArrayList<>();
    Page<Corpus> page = corpora.list(caller, PAGE, null);
    page.items().forEach(corpus -> models.add(Model.of(corpus)));
    while (page.cursor() != null) {
      page = corpora.list(caller, PAGE, page.cursor());
      page.items().forEach(corpus -> models.add(Model.of(corpus)));
    }
    return new Models("list", models);
  }

  /** A name holds a slash, which some clients escape. */
  @GetMapping("/{*model}")
  Model find(Caller caller, @PathVariable String model) {
    return Model.of(corpora.find(caller, ModelName.corpus(model.substring(1))));
  }
}
