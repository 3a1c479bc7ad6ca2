/** Where a message went and how long each step took, told to an OpenTelemetry collector. */
package io.tickethub.trace;
