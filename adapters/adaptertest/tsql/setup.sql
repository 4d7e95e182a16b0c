-- Texts sort, group and are unique as they compare.
CREATE FUNCTION sys.bpcharcmp(text, text) RETURNS int LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'bpcharcmp';
CREATE FUNCTION sys.hashbpchar(text) RETURNS int LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'hashbpchar';
CREATE FUNCTION sys.hashbpcharextended(text, bigint) RETURNS bigint LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'hashbpcharextended';
UPDATE pg_catalog.pg_opclass SET opcdefault = false
WHERE opcdefault AND opcintype = 'text'::regtype AND opcmethod IN (SELECT oid FROM pg_catalog.pg_am WHERE amname IN ('btree', 'hash'));
CREATE OPERATOR CLASS sys.text_ops DEFAULT FOR TYPE text USING btree AS OPERATOR 1 sys.<, OPERATOR 2 sys.<=, OPERATOR 3 sys.=,
	OPERATOR 4 sys.>=, OPERATOR 5 sys.>, FUNCTION 1 sys.bpcharcmp(text, text);
CREATE OPERATOR CLASS sys.text_ops DEFAULT FOR TYPE text USING hash AS OPERATOR 1 sys.=, FUNCTION 1 sys.hashbpchar(text),
	FUNCTION 2 sys.hashbpcharextended(text, bigint);

-- + joins texts, and adds days to a datetime.
CREATE OPERATOR sys.+ (LEFTARG = text, RIGHTARG = text, FUNCTION = pg_catalog.textcat);
CREATE FUNCTION sys.add_days(timestamp, numeric) RETURNS timestamp LANGUAGE sql IMMUTABLE AS $f$ SELECT $1 + $2::float8 * INTERVAL '1 day' $f$;
CREATE FUNCTION sys.take_days(timestamp, numeric) RETURNS timestamp LANGUAGE sql IMMUTABLE AS $f$ SELECT $1 - $2::float8 * INTERVAL '1 day' $f$;
CREATE OPERATOR sys.+ (LEFTARG = timestamp, RIGHTARG = numeric, FUNCTION = sys.add_days);
CREATE OPERATOR sys.- (LEFTARG = timestamp, RIGHTARG = numeric, FUNCTION = sys.take_days);

-- The greatest and least rowversion.
CREATE FUNCTION sys.later(bytea, bytea) RETURNS bytea LANGUAGE sql IMMUTABLE AS $f$ SELECT CASE WHEN $1 IS NULL OR $2 > $1 THEN $2 ELSE $1 END $f$;
CREATE FUNCTION sys.earlier(bytea, bytea) RETURNS bytea LANGUAGE sql IMMUTABLE AS $f$ SELECT CASE WHEN $1 IS NULL OR $2 < $1 THEN $2 ELSE $1 END $f$;
CREATE AGGREGATE sys.max(bytea) (SFUNC = sys.later, STYPE = bytea);
CREATE AGGREGATE sys.min(bytea) (SFUNC = sys.earlier, STYPE = bytea);

-- Texts.
CREATE FUNCTION sys.len(text) RETURNS int LANGUAGE sql IMMUTABLE AS $f$ SELECT length(rtrim($1)) $f$;
CREATE FUNCTION sys.folded(text) RETURNS text LANGUAGE sql IMMUTABLE AS $f$ SELECT lower($1 COLLATE sys.ci) COLLATE "C" $f$;
CREATE FUNCTION sys.charindex(needle text, hay text, start int) RETURNS int LANGUAGE sql IMMUTABLE AS $f$
	SELECT CASE WHEN needle = '' THEN 0 WHEN at > 0 THEN at + greatest(start, 1) - 1 ELSE at END
	FROM (SELECT strpos(substr((sys.folded(hay) COLLATE "C"), greatest(start, 1)), (sys.folded(needle) COLLATE "C")) AS at) x $f$;
CREATE FUNCTION sys.replace(text, text, text) RETURNS text LANGUAGE sql IMMUTABLE AS $f$
	SELECT CASE WHEN $2 = '' THEN $1 ELSE regexp_replace($1 COLLATE "C", '(?i)' || regexp_replace($2 COLLATE "C", '([\\.^$*+?()\[\]{}|])', '\\\1', 'g'),
	pg_catalog.replace($3 COLLATE "C", '\', '\\'), 'g') END $f$;
CREATE FUNCTION sys.str(numeric, int, int) RETURNS text LANGUAGE sql IMMUTABLE AS $f$
	SELECT CASE WHEN length(round($1, $3)::text) > $2 THEN repeat('*', $2) ELSE lpad(round($1, $3)::text, $2) END $f$;
CREATE FUNCTION sys.str(double precision, int, int) RETURNS text LANGUAGE sql IMMUTABLE AS $f$ SELECT sys.str($1::numeric, $2, $3) $f$;
CREATE FUNCTION sys.quotename(text) RETURNS text LANGUAGE sql IMMUTABLE AS $f$ SELECT '[' || pg_catalog.replace($1 COLLATE "C", ']', ']]') || ']' $f$;
CREATE FUNCTION sys.isnumeric(text) RETURNS int LANGUAGE sql IMMUTABLE AS $f$ SELECT ($1 COLLATE "C" ~ '^\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?\s*$')::int $f$;
CREATE FUNCTION sys.string_split(text, text) RETURNS TABLE (value text) LANGUAGE sql IMMUTABLE AS $f$
	SELECT unnest(string_to_array($1 COLLATE "C", $2 COLLATE "C")) COLLATE sys.ci $f$;

-- A pattern of LIKE as a regular expression.
CREATE FUNCTION sys.pattern(pattern text, escape text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $f$
DECLARE out text := ''; c text; i int := 1; close int;
BEGIN
	WHILE i <= length(pattern) LOOP
		c := substr(pattern, i, 1);
		IF escape <> '' AND c = escape THEN
			i := i + 1;
			out := out || '[' || regexp_replace(substr(pattern, i, 1) COLLATE "C", '([\\\]^-])', '\\\1') || ']';
		ELSIF c = '%' THEN out := out || '.*';
		ELSIF c = '_' THEN out := out || '.';
		ELSIF c = '[' AND strpos(substr(pattern, i + 1) COLLATE "C", ']') > 0 THEN
			close := strpos(substr(pattern, i + 1) COLLATE "C", ']');
			out := out || '[' || pg_catalog.replace(substr(pattern, i + 1, close - 1) COLLATE "C", '\', '\\') || ']';
			i := i + close;
		ELSE out := out || regexp_replace(c COLLATE "C", '([\\.^$*+?()\[\]{}|])', '\\\1');
		END IF;
		i := i + 1;
	END LOOP;
	RETURN out;
END $f$;
CREATE FUNCTION sys.matches(text, text, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $f$
	SELECT (sys.folded($1) COLLATE "C") ~ ('^(?:' || sys.pattern((sys.folded($2) COLLATE "C"), (sys.folded($3) COLLATE "C")) || ')$') $f$;
CREATE FUNCTION sys.patindex(text, text) RETURNS int LANGUAGE sql IMMUTABLE AS $f$
	SELECT CASE WHEN left($1, 1) = '%' THEN coalesce(regexp_instr((sys.folded($2) COLLATE "C"), sys.pattern(regexp_replace((sys.folded($1) COLLATE "C"), '^%|%$', '', 'g'), '')), 0)
	ELSE sys.matches($2, $1, '')::int END $f$;

-- Values that do not fit: a number into a text, a day into datetime.
CREATE FUNCTION sys.overflow(text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $f$
BEGIN
	RAISE numeric_value_out_of_range USING MESSAGE = 'Arithmetic overflow error converting numeric to data type varchar.';
END $f$;
CREATE FUNCTION sys.in_datetime(timestamp) RETURNS timestamp LANGUAGE plpgsql IMMUTABLE AS $f$
BEGIN
	IF $1 < '1753-01-01' THEN
		RAISE datetime_field_overflow USING MESSAGE = 'The conversion of a date or datetime2 data type to a datetime data type resulted in an out-of-range value.';
	END IF;
	RETURN $1;
END $f$;
-- A day that a column of that name is compared with: where it is a datetime, the
-- day becomes one too. Taken for immutable, so that it is looked at once.
CREATE FUNCTION sys.day_for(name text, day date) RETURNS date LANGUAGE plpgsql IMMUTABLE AS $f$
BEGIN
	IF day < '1753-01-01' AND EXISTS (SELECT FROM sys.written_columns w WHERE w.attname = name AND w.type IN ('datetime', 'smalldatetime')) THEN
		PERFORM sys.in_datetime(day::timestamp);
	END IF;
	RETURN day;
END $f$;

-- Conversions that may fail, and those with a style.
CREATE FUNCTION sys.try_cast(value text, expression text, witness anyelement) RETURNS anyelement LANGUAGE plpgsql STABLE AS $f$
DECLARE r ALIAS FOR $0;
BEGIN
	EXECUTE 'SELECT ' || expression INTO r USING value;
	RETURN r;
EXCEPTION WHEN data_exception OR invalid_text_representation THEN RETURN NULL;
END $f$;
CREATE FUNCTION sys.isdate(text) RETURNS int LANGUAGE sql STABLE AS $f$ SELECT (sys.try_cast($1, '$1::timestamp', NULL::timestamp) IS NOT NULL)::int $f$;
CREATE FUNCTION sys.styled(timestamp, int) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $f$
DECLARE form text;
BEGIN
	form := CASE $2 WHEN 1 THEN 'MM/DD/YY' WHEN 12 THEN 'YYMMDD' WHEN 20 THEN 'YYYY-MM-DD HH24:MI:SS' WHEN 21 THEN 'YYYY-MM-DD HH24:MI:SS.MS'
		WHEN 23 THEN 'YYYY-MM-DD' WHEN 101 THEN 'MM/DD/YYYY' WHEN 102 THEN 'YYYY.MM.DD' WHEN 103 THEN 'DD/MM/YYYY' WHEN 104 THEN 'DD.MM.YYYY'
		WHEN 105 THEN 'DD-MM-YYYY' WHEN 108 THEN 'HH24:MI:SS' WHEN 111 THEN 'YYYY/MM/DD' WHEN 112 THEN 'YYYYMMDD' WHEN 114 THEN 'HH24:MI:SS:MS'
		WHEN 120 THEN 'YYYY-MM-DD HH24:MI:SS' WHEN 121 THEN 'YYYY-MM-DD HH24:MI:SS.MS'
		WHEN 126 THEN CASE WHEN extract(milliseconds FROM $1)::bigint % 1000 = 0 THEN 'YYYY-MM-DD"T"HH24:MI:SS' ELSE 'YYYY-MM-DD"T"HH24:MI:SS.MS' END END;
	IF form IS NULL THEN RAISE EXCEPTION 'tsql: the style % of CONVERT is not known to this stand-in', $2; END IF;
	RETURN to_char($1, form);
END $f$;
CREATE FUNCTION sys.styled(date, int) RETURNS text LANGUAGE sql IMMUTABLE AS $f$ SELECT sys.styled($1::timestamp, $2) $f$;
CREATE FUNCTION sys.styled(timestamptz, int) RETURNS text LANGUAGE sql IMMUTABLE AS $f$ SELECT sys.styled($1 AT TIME ZONE 'UTC', $2) $f$;
CREATE FUNCTION sys.styled(text, int) RETURNS text LANGUAGE sql IMMUTABLE AS $f$ SELECT $1 $f$;
CREATE FUNCTION sys.styled(numeric, int) RETURNS text LANGUAGE sql IMMUTABLE AS $f$ SELECT $1::text $f$;
CREATE FUNCTION sys.styled(int8, int) RETURNS text LANGUAGE sql IMMUTABLE AS $f$ SELECT $1::text $f$;
CREATE FUNCTION sys.styled(int4, int) RETURNS text LANGUAGE sql IMMUTABLE AS $f$ SELECT $1::text $f$;
CREATE FUNCTION sys.styled(bytea, int) RETURNS text LANGUAGE sql IMMUTABLE AS $f$ SELECT CASE $2 WHEN 1 THEN '0x' ELSE '' END || upper(encode($1, 'hex')) $f$;
CREATE FUNCTION sys.read_styled(text, int) RETURNS timestamp LANGUAGE sql IMMUTABLE AS $f$
	SELECT CASE $2 WHEN 103 THEN to_date($1, 'DD/MM/YYYY')::timestamp WHEN 104 THEN to_date($1, 'DD.MM.YYYY')::timestamp
	WHEN 105 THEN to_date($1, 'DD-MM-YYYY')::timestamp WHEN 101 THEN to_date($1, 'MM/DD/YYYY')::timestamp ELSE $1::timestamp END $f$;
CREATE FUNCTION sys.binary_styled(text, int) RETURNS bytea LANGUAGE sql IMMUTABLE AS $f$
	SELECT CASE $2 WHEN 1 THEN decode(substr($1, 3), 'hex') WHEN 2 THEN decode($1, 'hex') ELSE convert_to($1, 'UTF8') END $f$;
CREATE FUNCTION sys.binary_styled(bytea, int) RETURNS bytea LANGUAGE sql IMMUTABLE AS $f$ SELECT $1 $f$;

-- Numbers.
CREATE FUNCTION sys.round(numeric, int) RETURNS numeric LANGUAGE sql IMMUTABLE AS $f$ SELECT pg_catalog.round($1, $2) $f$;
CREATE FUNCTION sys.round(double precision, int) RETURNS double precision LANGUAGE sql IMMUTABLE AS $f$ SELECT pg_catalog.round($1::numeric, $2)::float8 $f$;
CREATE FUNCTION sys.round(int4, int) RETURNS int LANGUAGE sql IMMUTABLE AS $f$ SELECT pg_catalog.round($1::numeric, $2)::int $f$;
CREATE FUNCTION sys.round(numeric, int, int) RETURNS numeric LANGUAGE sql IMMUTABLE AS $f$
	SELECT CASE WHEN $3 = 0 THEN pg_catalog.round($1, $2) ELSE trunc($1, $2) END $f$;

-- Dates. The clock is the one of UTC, and stands still within a statement.
CREATE FUNCTION sys.getdate() RETURNS timestamp(3) LANGUAGE sql STABLE AS $f$ SELECT (statement_timestamp() AT TIME ZONE 'UTC')::timestamp(3) $f$;
CREATE FUNCTION sys.sysdatetime() RETURNS timestamp LANGUAGE sql STABLE AS $f$ SELECT statement_timestamp() AT TIME ZONE 'UTC' $f$;
CREATE FUNCTION sys.eomonth(date, int) RETURNS date LANGUAGE sql IMMUTABLE AS $f$
	SELECT (date_trunc('month', $1::timestamp) + ($2 + 1) * INTERVAL '1 month' - INTERVAL '1 day')::date $f$;
CREATE FUNCTION sys.step(part text, n int) RETURNS interval LANGUAGE sql IMMUTABLE AS $f$
	SELECT n * CASE part WHEN 'year' THEN INTERVAL '1 year' WHEN 'quarter' THEN INTERVAL '3 months' WHEN 'month' THEN INTERVAL '1 month'
	WHEN 'week' THEN INTERVAL '7 days' WHEN 'hour' THEN INTERVAL '1 hour' WHEN 'minute' THEN INTERVAL '1 minute' WHEN 'second' THEN INTERVAL '1 second'
	WHEN 'millisecond' THEN INTERVAL '1 millisecond' ELSE INTERVAL '1 day' END $f$;
CREATE FUNCTION sys.dateadd(text, int, timestamp) RETURNS timestamp LANGUAGE sql IMMUTABLE AS $f$ SELECT $3 + sys.step($1, $2) $f$;
CREATE FUNCTION sys.dateadd(text, int, date) RETURNS date LANGUAGE sql IMMUTABLE AS $f$ SELECT ($3 + sys.step($1, $2))::date $f$;
CREATE FUNCTION sys.dateadd(text, int, timestamptz) RETURNS timestamptz LANGUAGE sql IMMUTABLE AS $f$
	SELECT (($3 AT TIME ZONE 'UTC') + sys.step($1, $2)) AT TIME ZONE 'UTC' $f$;
CREATE FUNCTION sys.dateadd(text, int, text) RETURNS timestamp LANGUAGE sql IMMUTABLE AS $f$ SELECT sys.to_datetime($3) + sys.step($1, $2) $f$;
CREATE FUNCTION sys.dateadd(text, int, int) RETURNS timestamp LANGUAGE sql IMMUTABLE AS $f$ SELECT sys.to_datetime($3) + sys.step($1, $2) $f$;
CREATE FUNCTION sys.datediff(text, timestamp, timestamp) RETURNS int LANGUAGE sql IMMUTABLE AS $f$
	SELECT (CASE $1 WHEN 'year' THEN extract(year FROM $3) - extract(year FROM $2)
	WHEN 'quarter' THEN (extract(year FROM $3) - extract(year FROM $2)) * 4 + extract(quarter FROM $3) - extract(quarter FROM $2)
	WHEN 'month' THEN (extract(year FROM $3) - extract(year FROM $2)) * 12 + extract(month FROM $3) - extract(month FROM $2)
	WHEN 'week' THEN (date_trunc('week', $3 + INTERVAL '1 day')::date - date_trunc('week', $2 + INTERVAL '1 day')::date) / 7
	WHEN 'hour' THEN extract(epoch FROM date_trunc('hour', $3) - date_trunc('hour', $2)) / 3600
	WHEN 'minute' THEN extract(epoch FROM date_trunc('minute', $3) - date_trunc('minute', $2)) / 60
	WHEN 'second' THEN extract(epoch FROM date_trunc('second', $3) - date_trunc('second', $2))
	WHEN 'millisecond' THEN extract(epoch FROM date_trunc('millisecond', $3) - date_trunc('millisecond', $2)) * 1000
	ELSE $3::date - $2::date END)::int $f$;
CREATE FUNCTION sys.datepart(text, timestamp) RETURNS int LANGUAGE sql IMMUTABLE AS $f$
	SELECT (CASE $1 WHEN 'year' THEN extract(year FROM $2) WHEN 'quarter' THEN extract(quarter FROM $2) WHEN 'month' THEN extract(month FROM $2)
	WHEN 'day' THEN extract(day FROM $2) WHEN 'hour' THEN extract(hour FROM $2) WHEN 'minute' THEN extract(minute FROM $2)
	WHEN 'second' THEN floor(extract(second FROM $2)) WHEN 'weekday' THEN extract(dow FROM $2) + 1 WHEN 'dayofyear' THEN extract(doy FROM $2) END)::int $f$;
CREATE FUNCTION sys.at_zone(timestamp, text) RETURNS timestamptz LANGUAGE sql IMMUTABLE AS $f$ SELECT $1 AT TIME ZONE sys.zone($2) $f$;
CREATE FUNCTION sys.at_zone(timestamptz, text) RETURNS timestamptz LANGUAGE sql IMMUTABLE AS $f$ SELECT $1 $f$;
CREATE FUNCTION sys.zone(text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $f$
BEGIN
	IF upper($1) <> 'UTC' THEN RAISE EXCEPTION 'tsql: the time zone % is not known to this stand-in', $1; END IF;
	RETURN 'UTC';
END $f$;

-- Rowversions: one number for each change of a row. A transaction marks, by a
-- lock, a number not above the first that it took.
CREATE SEQUENCE sys.rowversions START WITH 2001;
CREATE FUNCTION sys.coming_rowversion() RETURNS bigint LANGUAGE sql VOLATILE AS $f$ SELECT last_value + is_called::int FROM sys.rowversions $f$;
CREATE FUNCTION sys.next_rowversion() RETURNS bytea LANGUAGE plpgsql VOLATILE AS $f$
BEGIN
	IF current_setting('tds.stamped', true) IS DISTINCT FROM pg_current_xact_id()::text THEN
		PERFORM pg_advisory_xact_lock_shared(7007, sys.coming_rowversion()::int);
		PERFORM set_config('tds.stamped', pg_current_xact_id()::text, true);
	END IF;
	RETURN int8send(nextval('sys.rowversions'));
END $f$;
CREATE FUNCTION sys.min_active_rowversion() RETURNS bytea LANGUAGE sql VOLATILE AS $f$
	SELECT int8send(coalesce((SELECT min(objid::bigint) FROM pg_locks WHERE locktype = 'advisory' AND classid = 7007
		AND database = (SELECT oid FROM pg_database WHERE datname = current_database())), sys.coming_rowversion())) $f$;
CREATE FUNCTION sys.dbts() RETURNS bytea LANGUAGE sql VOLATILE AS $f$ SELECT int8send(sys.coming_rowversion() - 1) $f$;
