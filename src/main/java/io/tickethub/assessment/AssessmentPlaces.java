package io.tickethub.assessment;

import java.nio.file.Path;

/**
 * Where things are.
 *
 * @param rules the file {@code assessment.yaml}; it may be missing
 * @param files the folder the published reports are written to
 */
public record AssessmentPlaces(Path rules, Path files) {}
