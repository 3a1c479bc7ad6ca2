/**
 * The benchmark: the hub against what an engineer would write instead, as separate processes, under
 * the same load, interleaved in one run.
 */
package io.tickethub.bench;
