package io.tickethub.kit.quality;

/**
 * One thing a rule asks for and a folder lacks.
 *
 * @param item its name, by which {@code quality.yaml} can except it
 * @param text what is missing
 */
record Finding(String item, String text) {}
