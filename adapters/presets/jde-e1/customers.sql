-- A customer has a row for the company, or only the one of company 00000, which
-- then holds for all. Character columns are padded with blanks, and a blank is no
-- value. Read whole each time: names and addresses stand in other tables.
WITH own AS (
	SELECT
		a.aian8, a.aiacl, a.aitrar, a.aiarpy, a.aicmgr, a.aiclmg, a.aidnlt, a.aihold, a.aiupmj, a.aiupmt, a.aicrcd,
		ROW_NUMBER() OVER (PARTITION BY a.aian8 ORDER BY a.aico DESC) AS n
	FROM {{data}}f03012 a
	WHERE a.aico IN ('00000', :company)
		AND a.aian8 IN (:customers) --? customers
), place AS (
	-- An address is valid from a day on.
	SELECT
		d.alan8, d.aladd1, d.aladd2, d.alcty1, d.aladds, d.aladdz, d.alctr,
		ROW_NUMBER() OVER (PARTITION BY d.alan8 ORDER BY d.aleftb DESC) AS n
	FROM {{data}}f0116 d
	WHERE d.aleftb <= TO_NUMBER(TO_CHAR(SYSDATE, 'YYYYDDD')) - 1900000
		AND d.alan8 IN (:customers) --? customers
)
SELECT
	o.aian8 AS id,
	TO_CHAR(o.aian8) AS "number",
	TRIM(b.abalph) AS name,
	CASE WHEN o.aiarpy > 0 THEN o.aiarpy END AS payer_id,
	CAST(TRIM(o.aicrcd) AS VARCHAR2(3)) AS currency,
	CASE WHEN o.aiacl > 0 THEN o.aiacl END AS credit_limit,
	TRIM(o.aitrar) AS terms_code,
	CASE WHEN o.aidnlt = 'N' THEN 1 ELSE 0 END AS dunning_block,
	CASE
		WHEN b.ablngp = 'F' THEN 'fr' WHEN b.ablngp = 'G' THEN 'de' WHEN b.ablngp = 'I' THEN 'it'
		WHEN b.ablngp = 'J' THEN 'ja' WHEN b.ablngp = 'P' THEN 'pt' WHEN b.ablngp = 'S' THEN 'es'
	END AS language,
	TRIM(p.aladd1) AS address1,
	TRIM(p.aladd2) AS address2,
	TRIM(p.aladdz) AS postcode,
	TRIM(p.alcty1) AS city,
	TRIM(p.aladds) AS region,
	CASE WHEN LENGTH(TRIM(p.alctr)) = 2 THEN TRIM(p.alctr) END AS country,
	CASE WHEN o.aiclmg <> ' ' THEN TRIM(o.aiclmg) ELSE TRIM(o.aicmgr) END AS collector,
	CASE WHEN o.aihold <> ' ' THEN 1 ELSE 0 END AS on_hold,
	o.aiupmj || '/' || o.aiupmt AS hold_version,
	TRIM(b.abalky) AS x_long_number
FROM own o
JOIN {{data}}f0101 b ON b.aban8 = o.aian8
LEFT JOIN place p ON p.alan8 = o.aian8 AND p.n = 1
WHERE o.n = 1
