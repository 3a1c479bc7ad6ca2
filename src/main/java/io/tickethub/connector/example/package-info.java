/**
 * Runs the examples in connectors' folders: what was received against what it means, what is told
 * against what is sent.
 */
package io.tickethub.connector.example;
