package io.tickethub.kit.scaffold.sample;

import java.nio.charset.Charset;
import java.util.List;
import java.util.Optional;

/**
 * What was found in the samples of one channel.
 *
 * @param table how a file of columns is built; empty for the other formats
 * @param place where in a message the records are; no steps if the message is the record
 * @param list a message may hold several records
 * @param warnings what a person should know
 */
public record Samples(
    List<SampleFile> files,
    Guess<Charset> charset,
    Guess<Shape> shape,
    Optional<Table> table,
    FieldPath place,
    boolean list,
    List<FieldProfile> fields,
    int records,
    List<String> warnings) {}
