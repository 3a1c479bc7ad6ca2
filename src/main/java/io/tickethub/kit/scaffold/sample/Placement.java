package io.tickethub.kit.scaffold.sample;

/** A field and what it is taken for. */
public record Placement(FieldProfile field, String meaning, double confidence, String reason) {}
