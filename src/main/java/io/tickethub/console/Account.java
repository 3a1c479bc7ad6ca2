package io.tickethub.console;

import java.time.Instant;
import java.util.Set;

/**
 * Somebody who may log in.
 *
 * @param connectors it is limited to; null for all
 * @param password hashed
 * @param token hashed, what a program shows; null if there is none
 * @param failures wrong passwords since the last right one
 * @param lockedUntil null if it is not locked
 * @param changedAt when its role or password was set
 */
public record Account(
    String name,
    Role role,
    Set<String> connectors,
    String password,
    String token,
    int failures,
    Instant lockedUntil,
    Instant changedAt,
    String changedBy) {

  Grant grant() {
    return new Grant(role, connectors);
  }
}
