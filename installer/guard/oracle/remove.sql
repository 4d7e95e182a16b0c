-- Takes Holdfast's guard and its table of requests out of the ERP. Run holdfast hold release --ours first.
-- A statement for what was never installed fails, and does no harm.
DROP TRIGGER holdfast_guard;
DROP TABLE holdfast_lease;
DROP TABLE holdfast_hold;
DROP TABLE holdfast_request;
