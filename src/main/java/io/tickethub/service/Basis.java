package io.tickethub.service;

/** Who set a time limit. Limits of the same measure run beside each other if these differ. */
public enum Basis {
  /** A law or a regulation. */
  STATUTORY,
  /** An agreement with the customer, or a promise. */
  AGREED
}
