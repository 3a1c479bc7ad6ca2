package io.tickethub.api;

import java.util.Optional;
import org.springframework.security.core.Authentication;

/** Knows callers by tokens of their own, beside the two of the hub. */
@FunctionalInterface
public interface BearerTokens {

  /** Whose it is, with their rights; empty if it is nobody's. */
  Optional<Authentication> find(String token);
}
