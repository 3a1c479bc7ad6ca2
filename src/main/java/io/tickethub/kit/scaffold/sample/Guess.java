package io.tickethub.kit.scaffold.sample;

/**
 * Something found out by looking.
 *
 * @param confidence from 0 to 1
 * @param reason what speaks for it, in a few words
 */
public record Guess<T>(T value, double confidence, String reason) {}
