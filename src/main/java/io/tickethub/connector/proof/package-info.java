/**
 * How one side of a message proves to the other who it is: a kind of proof is a class. Knows no
 * Camel and no manifest.
 */
package io.tickethub.connector.proof;
