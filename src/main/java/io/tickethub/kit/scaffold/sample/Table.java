package io.tickethub.kit.scaffold.sample;

import java.util.List;

/**
 * How a delimited file is built.
 *
 * @param quote null if there are no quotes
 * @param header whether the first line names the columns
 * @param usableHeader the header's names are those of {@code columns}; false if one is missing or
 *     there twice
 * @param dirty how many lines have another number of columns
 */
public record Table(
    Guess<String> delimiter,
    Character quote,
    Guess<Boolean> header,
    boolean usableHeader,
    String lineEnd,
    List<String> columns,
    int dirty) {}
