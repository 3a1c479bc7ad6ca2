package io.tickethub.intake;

import io.tickethub.routing.MassFaults;
import io.tickethub.routing.Ownership;
import io.tickethub.routing.Repeats;
import io.tickethub.routing.Router;
import io.tickethub.service.CallBacks;
import io.tickethub.service.TimeLimits;

/** The rules by which changes take effect. */
public record Rules(
    Ownership ownership,
    Router router,
    TimeLimits timeLimits,
    CallBacks callBacks,
    Repeats repeats,
    MassFaults massFaults) {}
