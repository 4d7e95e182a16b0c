-- What CREATE TABLE said, and procedures as they were written.
CREATE TABLE sys.written_tables (rel regclass, written text);
CREATE TABLE sys.written_columns (rel regclass, attname text, written text, type text);
CREATE TABLE sys.written_procedures (name text UNIQUE, parameters text, body text);

-- The type of a column in T-SQL's words.
CREATE FUNCTION sys.typed(typ oid, typmod int) RETURNS text LANGUAGE sql STABLE AS $f$
	SELECT CASE $1::regtype::text WHEN 'integer' THEN 'int' WHEN 'bigint' THEN 'bigint' WHEN 'smallint' THEN 'smallint' WHEN 'boolean' THEN 'bit'
	WHEN 'numeric' THEN CASE WHEN $2 < 0 THEN 'numeric(38,12)' ELSE 'numeric(' || (($2 - 4) >> 16 & 65535) || ',' || (($2 - 4) & 2047) || ')' END
	WHEN 'character varying' THEN CASE WHEN $2 < 0 THEN 'nvarchar(4000)' ELSE 'nvarchar(' || $2 - 4 || ')' END
	WHEN 'timestamp without time zone' THEN 'datetime2(7)' WHEN 'timestamp with time zone' THEN 'datetimeoffset(7)' WHEN 'date' THEN 'date'
	WHEN 'time without time zone' THEN 'time(7)' WHEN 'double precision' THEN 'float' WHEN 'real' THEN 'real' WHEN 'uuid' THEN 'uniqueidentifier'
	WHEN 'bytea' THEN 'varbinary(8000)' ELSE 'nvarchar(4000)' END $f$;

-- Names. PostgreSQL keeps 63 bytes; longer ones end in a hash.
CREATE FUNCTION sys.short(text) RETURNS text LANGUAGE sql IMMUTABLE AS $f$
	SELECT CASE WHEN octet_length(n) <= 63 THEN n ELSE
	(SELECT left(n, i) FROM generate_series(1, 46) i WHERE octet_length(left(n, i)) <= 46 ORDER BY i DESC LIMIT 1)
	|| '~' || left(encode(sha256(convert_to(n, 'UTF8')), 'hex'), 16) END FROM (SELECT (sys.folded($1) COLLATE "C") AS n) x $f$;
CREATE FUNCTION sys.name_parts(text) RETURNS text[] LANGUAGE sql IMMUTABLE AS $f$
	SELECT array_agg(sys.short(CASE WHEN m[1] LIKE '[%' THEN pg_catalog.replace(substr(m[1], 2, length(m[1]) - 2), ']]', ']')
		WHEN m[1] LIKE '"%' THEN substr(m[1], 2, length(m[1]) - 2) ELSE m[1] END))
	FROM regexp_matches(pg_catalog.replace($1 COLLATE "C", '..', '.dbo.'), '(\[(?:[^\]]|\]\])*\]|"[^"]*"|[^.\[\]"]+)', 'g') m $f$;
CREATE FUNCTION sys.named(text) RETURNS regclass LANGUAGE sql STABLE AS $f$
	SELECT to_regclass(quote_ident(CASE WHEN cardinality(p) > 1 THEN p[cardinality(p) - 1] ELSE 'dbo' END) || '.' || quote_ident(p[cardinality(p)]))
	FROM (SELECT sys.name_parts($1) AS p) x $f$;
CREATE FUNCTION sys.object_id(text) RETURNS int LANGUAGE sql STABLE AS $f$ SELECT sys.named($1)::oid::int $f$;
CREATE FUNCTION sys.object_id(text, text) RETURNS int LANGUAGE sql STABLE AS $f$
	SELECT c.oid::int FROM pg_class c WHERE c.oid = sys.named($1) AND CASE upper($2) WHEN 'U' THEN c.relkind = 'r' WHEN 'V' THEN c.relkind = 'v' ELSE false END
	UNION ALL SELECT 1 FROM sys.written_procedures WHERE upper($2) = 'P' AND name = (sys.name_parts($1))[cardinality(sys.name_parts($1))] $f$;
CREATE FUNCTION sys.object_name(int) RETURNS text LANGUAGE sql STABLE AS $f$
	SELECT coalesce(w.written, c.relname::text) COLLATE sys.ci FROM pg_class c LEFT JOIN sys.written_tables w ON w.rel = c.oid WHERE c.oid = $1::oid $f$;
CREATE FUNCTION sys.object_schema_name(int) RETURNS text LANGUAGE sql STABLE AS $f$
	SELECT n.nspname::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = $1::oid $f$;
CREATE FUNCTION sys.schema_name(int) RETURNS text LANGUAGE sql STABLE AS $f$ SELECT nspname::text FROM pg_namespace WHERE oid = $1::oid $f$;
CREATE FUNCTION sys.schema_id(text) RETURNS int LANGUAGE sql STABLE AS $f$ SELECT oid::int FROM pg_namespace WHERE nspname = lower($1 COLLATE "C")::name $f$;
CREATE FUNCTION sys.db_id(text) RETURNS int LANGUAGE sql STABLE AS $f$ SELECT CASE WHEN upper($1) = upper(sys.db_name()) THEN 5 END $f$;

-- The server and the login. Nobody but sa is known, who may do anything that
-- PostgreSQL lets its role do.
CREATE FUNCTION sys.version() RETURNS text LANGUAGE sql STABLE AS $f$
	SELECT 'Microsoft SQL Server 2019 (stand-in of a test, not SQL Server) - 15.0.0.0' || chr(10) || pg_catalog.version() $f$;
CREATE FUNCTION sys.serverproperty(text) RETURNS text LANGUAGE sql STABLE AS $f$
	SELECT CASE lower($1) WHEN 'productversion' THEN '15.0.0.0' WHEN 'productlevel' THEN 'RTM' WHEN 'edition' THEN 'Stand-in over PostgreSQL'
	WHEN 'engineedition' THEN '3' WHEN 'productmajorversion' THEN '15' WHEN 'collation' THEN 'SQL_Latin1_General_CP1_CI_AS'
	WHEN 'servername' THEN 'STANDIN' WHEN 'machinename' THEN 'STANDIN' WHEN 'isclustered' THEN '0' WHEN 'ishadrenabled' THEN '0' END $f$;
CREATE FUNCTION sys.databasepropertyex(text, text) RETURNS text LANGUAGE sql STABLE AS $f$
	SELECT CASE WHEN sys.db_id($1) IS NOT NULL THEN CASE lower($2) WHEN 'collation' THEN 'SQL_Latin1_General_CP1_CI_AS' WHEN 'status' THEN 'ONLINE'
	WHEN 'updateability' THEN CASE current_setting('default_transaction_read_only') WHEN 'on' THEN 'READ_ONLY' ELSE 'READ_WRITE' END END END $f$;
CREATE FUNCTION sys.connectionproperty(text) RETURNS text LANGUAGE sql STABLE AS $f$
	SELECT CASE lower($1) WHEN 'net_transport' THEN 'TCP' WHEN 'protocol_type' THEN 'TSQL' WHEN 'auth_scheme' THEN 'SQL' END $f$;
CREATE FUNCTION sys.is_member(text) RETURNS int LANGUAGE sql STABLE AS $f$
	SELECT CASE WHEN lower($1) IN ('sysadmin', 'db_owner', 'public') THEN (lower($1) = 'public' OR rolsuper)::int
	WHEN (sys.folded($1) COLLATE "C") LIKE 'db\_%' OR (sys.folded($1) COLLATE "C") LIKE '%admin' THEN 0 END FROM pg_roles WHERE rolname = current_user $f$;
CREATE FUNCTION sys.has_perms_by_name(securable text, class text, permission text, sub text, subclass text) RETURNS int LANGUAGE plpgsql STABLE AS $f$
DECLARE rel regclass; p text := upper(permission); col text;
BEGIN
	IF coalesce(upper(class), '') <> 'OBJECT' THEN RETURN sys.is_member('sysadmin'); END IF;
	rel := sys.named(securable);
	IF rel IS NULL THEN
		RETURN (SELECT 1 FROM sys.written_procedures w WHERE w.name = (sys.name_parts(securable))[cardinality(sys.name_parts(securable))]);
	END IF;
	IF p NOT IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE') THEN RETURN sys.is_member('sysadmin'); END IF;
	IF sub IS NULL THEN RETURN has_table_privilege(rel, p)::int; END IF;
	col := (sys.name_parts(sub))[1];
	IF NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = rel AND a.attname = (col::name COLLATE "C") AND NOT a.attisdropped) THEN RETURN NULL; END IF;
	RETURN CASE WHEN p = 'DELETE' THEN NULL ELSE has_column_privilege(rel, col, p)::int END;
END $f$;

CREATE VIEW sys.databases AS SELECT sys.db_name() COLLATE sys.ci AS name, 5 AS database_id, TIMESTAMP '2026-01-01' AS create_date,
	150::smallint AS compatibility_level, 'SQL_Latin1_General_CP1_CI_AS'::text COLLATE sys.ci AS collation_name, 0::smallint AS state,
	'ONLINE'::text AS state_desc, 1::smallint AS snapshot_isolation_state, 'ON'::text AS snapshot_isolation_state_desc,
	0::smallint AS is_read_committed_snapshot_on, 0::smallint AS is_read_only, 'FULL'::text AS recovery_model_desc,
	md5(current_database())::uuid AS service_broker_guid;
CREATE VIEW sys.database_recovery_status AS SELECT 5 AS database_id, md5('guid ' || current_database())::uuid AS database_guid,
	md5('family ' || current_database())::uuid AS family_guid, md5('fork ' || current_database())::uuid AS recovery_fork_guid;
CREATE VIEW sys.dm_exec_connections AS SELECT pg_backend_pid() AS session_id, 'FALSE'::text AS encrypt_option, 'TCP'::text AS net_transport,
	'SQL'::text AS auth_scheme;
CREATE VIEW sys.change_tracking_databases AS SELECT 5 AS database_id WHERE false;
CREATE VIEW sys.change_tracking_tables AS SELECT 0 AS object_id, 0::bigint AS min_valid_version WHERE false;

CREATE VIEW sys.schemas AS SELECT nspname::text COLLATE sys.ci AS name, oid::int AS schema_id, 1 AS principal_id
	FROM pg_namespace WHERE nspname NOT LIKE 'pg\_%' AND nspname <> 'public';
CREATE VIEW sys.all_objects AS SELECT coalesce(w.written, c.relname::text) COLLATE sys.ci AS name, c.oid::int AS object_id,
	c.relnamespace::int AS schema_id, 0 AS parent_object_id, (CASE c.relkind WHEN 'v' THEN 'V ' ELSE 'U ' END)::text COLLATE sys.ci AS type,
	(CASE c.relkind WHEN 'v' THEN 'VIEW' ELSE 'USER_TABLE' END)::text COLLATE sys.ci AS type_desc, TIMESTAMP '2026-01-01' AS create_date,
	TIMESTAMP '2026-01-01' AS modify_date, 0::smallint AS is_ms_shipped
	FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN sys.written_tables w ON w.rel = c.oid
	WHERE c.relkind IN ('r', 'v') AND n.nspname NOT LIKE 'pg\_%' AND n.nspname NOT IN ('sys', 'information_schema', 'public');
CREATE VIEW sys.objects AS SELECT * FROM sys.all_objects;
CREATE VIEW sys.tables AS SELECT * FROM sys.all_objects WHERE type = 'U';
CREATE VIEW sys.views AS SELECT * FROM sys.all_objects WHERE type = 'V';
CREATE VIEW sys.described AS SELECT a.attrelid::int AS object_id, a.attnum::int AS column_id,
	coalesce(w.written, a.attname::text) COLLATE sys.ci AS name, coalesce(w.type, sys.typed(a.atttypid, a.atttypmod)) COLLATE sys.ci AS type,
	split_part(coalesce(w.type, sys.typed(a.atttypid, a.atttypmod)), '(', 1) COLLATE sys.ci AS type_name,
	pg_catalog.replace((regexp_match(coalesce(w.type, sys.typed(a.atttypid, a.atttypmod)), '\((\w+)'))[1], 'max', '-1')::int AS length,
	(regexp_match(coalesce(w.type, sys.typed(a.atttypid, a.atttypmod)), ',(\d+)'))[1]::int AS scale,
	(NOT a.attnotnull)::int::smallint AS is_nullable, (a.attidentity <> '')::int::smallint AS is_identity,
	pg_get_expr(d.adbin, d.adrelid) AS default_text
	FROM pg_attribute a JOIN sys.all_objects o ON o.object_id::oid = a.attrelid
	LEFT JOIN sys.written_columns w ON w.rel = a.attrelid AND w.attname = a.attname::text
	LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
	WHERE a.attnum > 0 AND NOT a.attisdropped;
CREATE VIEW sys.types AS SELECT name::text COLLATE sys.ci AS name, id::smallint AS system_type_id, id AS user_type_id, size::smallint AS max_length,
	0::smallint AS is_user_defined FROM (VALUES ('image', 34, 16), ('text', 35, 16), ('uniqueidentifier', 36, 16), ('date', 40, 3), ('time', 41, 5),
	('datetime2', 42, 8), ('datetimeoffset', 43, 10), ('tinyint', 48, 1), ('smallint', 52, 2), ('int', 56, 4), ('smalldatetime', 58, 4),
	('real', 59, 4), ('money', 60, 8), ('datetime', 61, 8), ('float', 62, 8), ('ntext', 99, 16), ('bit', 104, 1), ('decimal', 106, 17),
	('numeric', 108, 17), ('smallmoney', 122, 4), ('bigint', 127, 8), ('varbinary', 165, 8000), ('varchar', 167, 8000), ('binary', 173, 8000),
	('char', 175, 8000), ('timestamp', 189, 8), ('nvarchar', 231, 8000), ('nchar', 239, 8000), ('xml', 241, -1)) t (name, id, size);
CREATE VIEW sys.columns AS SELECT d.object_id, d.name, d.column_id, t.system_type_id, t.user_type_id,
	(CASE WHEN t.name IN ('nchar', 'nvarchar') AND d.length > 0 THEN d.length * 2 WHEN t.name IN ('char', 'varchar', 'binary', 'varbinary', 'nvarchar') THEN d.length
	ELSE t.max_length END)::smallint AS max_length, (CASE WHEN t.name IN ('decimal', 'numeric') THEN d.length ELSE 0 END)::smallint AS precision,
	coalesce(d.scale, 0)::smallint AS scale, d.is_nullable, d.is_identity, 0::smallint AS is_computed
	FROM sys.described d LEFT JOIN sys.types t ON t.name = CASE d.type_name WHEN 'rowversion' THEN 'timestamp' WHEN 'sysname' THEN 'nvarchar' ELSE d.type_name END;
CREATE VIEW sys.all_columns AS SELECT * FROM sys.columns;
CREATE VIEW sys.indexes AS SELECT i.indrelid::int AS object_id, c.relname::text COLLATE sys.ci AS name, i.indexrelid::int AS index_id,
	2::smallint AS type, 'NONCLUSTERED'::text AS type_desc, i.indisunique::int::smallint AS is_unique,
	(c.relname LIKE 'pk~%')::int::smallint AS is_primary_key FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
	JOIN sys.all_objects o ON o.object_id::oid = i.indrelid;
CREATE VIEW sys.index_columns AS SELECT i.indrelid::int AS object_id, i.indexrelid::int AS index_id, k.n::int AS index_column_id, k.attnum::int AS column_id,
	(CASE WHEN k.n <= i.indnkeyatts THEN k.n ELSE 0 END)::smallint AS key_ordinal, (k.n > i.indnkeyatts)::int::smallint AS is_included_column,
	0::smallint AS is_descending_key
	FROM pg_index i JOIN sys.all_objects o ON o.object_id::oid = i.indrelid, unnest(i.indkey::smallint[]) WITH ORDINALITY AS k (attnum, n);
CREATE VIEW sys.partitions AS SELECT c.oid::bigint AS partition_id, c.oid::int AS object_id, 0 AS index_id, 1 AS partition_number,
	greatest(c.reltuples, 0)::bigint AS rows FROM pg_class c JOIN sys.all_objects o ON o.object_id::oid = c.oid WHERE c.relkind = 'r';
CREATE VIEW sys.dm_db_partition_stats AS SELECT object_id, index_id, rows AS row_count FROM sys.partitions;

CREATE VIEW sys."information_schema schemata" AS SELECT sys.db_name() AS catalog_name, name AS schema_name FROM sys.schemas;
CREATE VIEW sys."information_schema tables" AS SELECT sys.db_name() COLLATE sys.ci AS table_catalog, s.name AS table_schema, o.name AS table_name,
	(CASE o.type WHEN 'V' THEN 'VIEW' ELSE 'BASE TABLE' END)::text COLLATE sys.ci AS table_type
	FROM sys.all_objects o JOIN sys.schemas s ON s.schema_id = o.schema_id;
CREATE VIEW sys."information_schema columns" AS SELECT sys.db_name() COLLATE sys.ci AS table_catalog, s.name AS table_schema, o.name AS table_name,
	d.name AS column_name, d.column_id AS ordinal_position, d.default_text AS column_default,
	(CASE d.is_nullable WHEN 1 THEN 'YES' ELSE 'NO' END)::text COLLATE sys.ci AS is_nullable,
	(CASE d.type_name WHEN 'rowversion' THEN 'timestamp' ELSE d.type_name END) AS data_type,
	CASE WHEN right(d.type_name, 4) = 'char' OR right(d.type_name, 6) = 'binary' THEN d.length END AS character_maximum_length,
	CASE WHEN d.type_name IN ('decimal', 'numeric') THEN d.length WHEN d.type_name = 'money' THEN 19 END::smallint AS numeric_precision,
	CASE WHEN d.type_name IN ('decimal', 'numeric') THEN coalesce(d.scale, 0) WHEN d.type_name = 'money' THEN 4 END AS numeric_scale,
	CASE WHEN right(d.type_name, 4) = 'char' THEN 'SQL_Latin1_General_CP1_CI_AS' END AS collation_name
	FROM sys.described d JOIN sys.all_objects o ON o.object_id = d.object_id JOIN sys.schemas s ON s.schema_id = o.schema_id;
CREATE VIEW sys."information_schema table_constraints" AS SELECT s.name AS constraint_schema, i.name AS constraint_name, s.name AS table_schema,
	o.name AS table_name, (CASE i.is_primary_key WHEN 1 THEN 'PRIMARY KEY' ELSE 'UNIQUE' END)::text COLLATE sys.ci AS constraint_type
	FROM sys.indexes i JOIN sys.all_objects o ON o.object_id = i.object_id JOIN sys.schemas s ON s.schema_id = o.schema_id WHERE i.is_unique = 1;
CREATE VIEW sys."information_schema key_column_usage" AS SELECT t.constraint_schema, t.constraint_name, t.table_schema, t.table_name,
	d.name AS column_name, k.index_column_id AS ordinal_position FROM sys."information_schema table_constraints" t
	JOIN sys.indexes i ON i.name = t.constraint_name JOIN sys.index_columns k ON k.index_id = i.index_id
	JOIN sys.described d ON d.object_id = k.object_id AND d.column_id = k.column_id;

CREATE VIEW sys.database_permissions AS SELECT 1::smallint AS class, a.attrelid::int AS major_id, a.attnum::int AS minor_id,
	(CASE x.privilege_type WHEN 'UPDATE' THEN 'UP' WHEN 'SELECT' THEN 'SL' ELSE 'IN' END)::text COLLATE sys.ci AS type
	FROM pg_attribute a, aclexplode(a.attacl) x WHERE a.attacl IS NOT NULL;

-- Any login may look at the catalogue and use the functions.
GRANT USAGE ON SCHEMA dbo, sys TO PUBLIC;
GRANT SELECT ON ALL TABLES IN SCHEMA sys TO PUBLIC;
GRANT SELECT, USAGE ON ALL SEQUENCES IN SCHEMA sys TO PUBLIC;
