package io.tickethub.plan;

import java.nio.file.Path;

/** The file {@code routes/plans.yaml}; it may be missing. */
public record PlanFile(Path path) {}
