package dev.cairn;

import dev.cairn.database.PostgresForTests;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;

/**
 * A test against the whole running service: a free port, a new database and data folder, and a tiny
 * checkpoint with random weights, whose text is taken as it is. Test classes with the same
 * configuration share the service, so each works in corpora of its own; {@link CairnHttp} is the
 * client.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "cairn.model=src/test/resources/golden/tiny",
      "cairn.compute-path=FLOAT32",
      "cairn.threads=1",
      "cairn.answer.context-tokens=1024",
      "cairn.answer.min-evidence=-1"
    })
@ContextConfiguration(initializers = PostgresForTests.class)
@Import(CairnHttp.class)
public @interface CairnTest {}
