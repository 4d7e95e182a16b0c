-- Views of Oracle's dictionary that the stand-in lacks. Rights are not kept
-- there: what a login owns is all that it may write to.
CREATE OR REPLACE VIEW ocistub.session_privs AS SELECT NULL::varchar(40) AS privilege WHERE false;
CREATE OR REPLACE VIEW ocistub.session_roles AS SELECT NULL::varchar(128) AS role WHERE false;
CREATE OR REPLACE VIEW ocistub.all_tab_privs AS
	SELECT NULL::varchar(128) AS grantor, NULL::varchar(128) AS grantee, NULL::varchar(128) AS table_schema,
		NULL::varchar(128) AS table_name, NULL::varchar(40) AS privilege WHERE false;
CREATE OR REPLACE VIEW ocistub.all_col_privs AS
	SELECT NULL::varchar(128) AS grantor, NULL::varchar(128) AS grantee, NULL::varchar(128) AS table_schema,
		NULL::varchar(128) AS table_name, NULL::varchar(128) AS column_name, NULL::varchar(40) AS privilege WHERE false;
CREATE OR REPLACE VIEW ocistub.nls_session_parameters AS
	SELECT 'NLS_COMP'::varchar(128) AS parameter, 'BINARY'::varchar(64) AS value
	UNION ALL SELECT 'NLS_SORT', 'BINARY';
GRANT SELECT ON ALL TABLES IN SCHEMA ocistub TO PUBLIC;
