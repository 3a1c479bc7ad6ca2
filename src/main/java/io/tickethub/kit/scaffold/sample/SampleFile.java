package io.tickethub.kit.scaffold.sample;

/** One sample as it was given. */
public record SampleFile(String name, byte[] bytes) {}
