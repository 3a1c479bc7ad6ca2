package io.tickethub.console;

import io.tickethub.api.Right;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/**
 * A role, for some connectors or all.
 *
 * @param connectors null for all
 */
record Grant(Role role, Set<String> connectors) {

  /** Throws {@link IllegalArgumentException} if whoever has it could give themselves more. */
  Grant {
    if (connectors != null) {
      if (role == Role.ADMINISTRATOR || role == Role.OWNER) {
        throw new IllegalArgumentException(
            "an administrator makes accounts: it cannot be limited to connectors");
      }
      if (connectors.isEmpty()) {
        throw new IllegalArgumentException("say which connectors, or none for all");
      }
      connectors = Set.copyOf(connectors);
    }
  }

  String text() {
    return connectors == null
        ? role.text()
        : "%s of %s".formatted(role.text(), String.join(", ", new java.util.TreeSet<>(connectors)));
  }

  /** What whoever has all of these may do. */
  static List<GrantedAuthority> authorities(Collection<Grant> grants) {
    return grants.stream()
        .flatMap(Grant::names)
        .distinct()
        .<GrantedAuthority>map(SimpleGrantedAuthority::new)
        .toList();
  }

  private Stream<String> names() {
    return Stream.of(Right.values())
        .filter(role.rights()::contains)
        .flatMap(
            right ->
                connectors == null
                    ? Stream.of(right.authority())
                    : connectors.stream().map(right::authority));
  }
}
