/**
 * What the hub knows of each product class: which identifiers a ticket of it needs, who repairs it
 * and how soon, who else must know, what is personal in it. Product adapters are folders; a Java
 * adapter is the exception. Uses the ticket package, and of privacy the kinds of personal data.
 */
package io.tickethub.product;
