/**
 * Stand-ins of the systems around the hub: real servers of their protocols with the habits of the
 * real ones, each with a ledger of what it sent and what took effect, and able to misbehave on
 * request. The demo, the tests and the benchmark use the same ones.
 */
package io.tickethub.standin;
