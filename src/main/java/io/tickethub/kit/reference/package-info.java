/**
 * What is generated from the code that reads definitions: JSON Schemas for editors, the reference
 * of keys, and the tables in READMEs.
 */
package io.tickethub.kit.reference;
