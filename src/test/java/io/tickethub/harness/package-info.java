/**
 * The hub as tests, the demo and the benchmark start it: in a process of its own, or in this one.
 */
package io.tickethub.harness;
