/**
 * Grades folders: the rules (data), what a folder's {@code quality.yaml} claims, and the program
 * that holds the claims to the rules. Start at {@link io.tickethub.kit.quality.Quality}.
 */
package io.tickethub.kit.quality;
