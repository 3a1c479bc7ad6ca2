package io.tickethub.delivery;

import io.tickethub.delivery.DeliveryStore.Claimed;

/** A claimed delivery with all that is needed to tell it. */
record Work(Claimed claimed, OutboundDelivery delivery) {}
