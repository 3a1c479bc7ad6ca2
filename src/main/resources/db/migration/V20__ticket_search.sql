-- People search tickets by whom, of what and when, the newest first (journal.TicketFinder).
--
-- A change of a ticket touches none of these indexes unless what they are about changes: the time of the last change is in a summary of
-- the pages, which PostgreSQL updates in place, and no longer in an index of its own, for which every change had to touch them all.
drop index ticket_updated;
create index ticket_updated on ticket using brin (updated_at) with (pages_per_range = 16, autosummarize = on);

-- A keyed digest of the customer's telephone number. Tickets from before have it once they next change.
alter table ticket add column phone_digest text;
create index ticket_of_phone on ticket (phone_digest, opened_at, id) where phone_digest is not null;
create index ticket_of_customer on ticket (customer, opened_at, id) where customer is not null;
create index ticket_of_class on ticket (product_class, opened_at, id);
create index ticket_of_owner on ticket (owner, opened_at, id) where owner is not null;
create index ticket_of_opener on ticket (opened_by, opened_at, id);

-- Partners have product classes of their own: what is rare together is not what each is alone.
create statistics ticket_search (mcv) on state, product_class, owner, opened_by from ticket;

-- What a system was told at some time (DeliveryLog.finished). Deliveries end about in the order in which they are in the table.
create index delivery_finished on delivery using brin (finished_at) with (pages_per_range = 16, autosummarize = on);
