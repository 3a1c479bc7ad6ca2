package io.tickethub.ticket;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * The customer a ticket is for. Every component may be null; all but {@code number}, {@code
 * serviceLevel} and {@code suspended} are personal data.
 *
 * @param number the customer number in CRM/BSS
 * @param serviceLevel the level of service sold to the customer (客户等级), as CRM/BSS codes it
 * @param account the billing account
 * @param suspended whether the services of that account are suspended for arrears (欠费停机)
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Customer(
    String number,
    String name,
    String phone,
    String identityCard,
    String address,
    String serviceLevel,
    String account,
    Boolean suspended) {

  static final Customer UNKNOWN = new Customer(null, null, null, null, null, null, null, null);

  public Customer {
    number = Merge.given(number);
    name = Merge.given(name);
    phone = Merge.given(phone);
    identityCard = Merge.given(identityCard);
    address = Merge.given(address);
    serviceLevel = Merge.given(serviceLevel);
    account = Merge.given(account);
  }

  Customer merge(Customer patch) {
    if (patch == null) {
      return this;
    }
    return new Customer(
        Merge.either(patch.number, number),
        Merge.either(patch.name, name),
        Merge.either(patch.phone, phone),
        Merge.either(patch.identityCard, identityCard),
        Merge.either(patch.address, address),
        Merge.either(patch.serviceLevel, serviceLevel),
        Merge.either(patch.account, account),
        Merge.either(patch.suspended, suspended));
  }

  Customer missingIn(Customer present) {
    return new Customer(
        Merge.missing(number, present.number),
        Merge.missing(name, present.name),
        Merge.missing(phone, present.phone),
        Merge.missing(identityCard, present.identityCard),
        Merge.missing(address, present.address),
        Merge.missing(serviceLevel, present.serviceLevel),
        Merge.missing(account, present.account),
        Merge.missing(suspended, present.suspended));
  }
}
