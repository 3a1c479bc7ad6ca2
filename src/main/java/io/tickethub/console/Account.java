package io.tickethub.console;

import java.time.Instant;

/**
 * Somebody who may log in.
 *
 * @param password hashed
 * @param failures wrong passwords since the last right one
 * @param lockedUntil null if it is not locked
 * @param changedAt when its role or password was set
 */
public record Account(
    String name,
    Role role,
    String password,
    int failures,
    Instant lockedUntil,
    Instant changedAt,
    String changedBy) {}
