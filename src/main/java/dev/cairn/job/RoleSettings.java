package dev.cairn.job;

import jakarta.validation.constraints.NotEmpty;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What this process is there for: {@code encoder} works on jobs; a process that is only {@code api}
 * puts them into their queues and leaves them to others; one that is only {@code encoder} answers
 * no requests but for its health.
 *
 * @param roles at least one; both unless set
 */
@Validated
@ConfigurationProperties("cairn")
public record RoleSettings(@NotEmpty @DefaultValue({"api", "encoder"}) Set<Role> roles) {

  /** One thing that a process does. */
  public enum Role {
    API,
    ENCODER
  }

  public boolean answers() {
    return roles.contains(Role.API);
  }

  public boolean encodes() {
    return roles.contains(Role.ENCODER);
  }
}
