-- Takes Holdfast's guard and its table of requests out of the ERP. Run holdfast hold release --ours first.
DROP FUNCTION IF EXISTS holdfast_guard() CASCADE;
DROP FUNCTION IF EXISTS holdfast_held(text, text);
DROP TABLE IF EXISTS holdfast_lease;
DROP TABLE IF EXISTS holdfast_hold;
DROP TABLE IF EXISTS holdfast_request;
