/**
 * The demo: the hub and the systems around it as separate processes, at work, and a reconciliation
 * at the end.
 */
package io.tickethub.demo;
