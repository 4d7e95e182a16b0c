-- Takes Holdfast's guard and its table of requests out of the ERP. Run holdfast hold release --ours first.
DROP TRIGGER IF EXISTS holdfast_guard_insert;
DROP TRIGGER IF EXISTS holdfast_guard_update;
DROP TABLE IF EXISTS holdfast_lease;
DROP TABLE IF EXISTS holdfast_hold;
DROP TABLE IF EXISTS holdfast_request;
