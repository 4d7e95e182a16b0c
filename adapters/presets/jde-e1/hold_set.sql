-- No hold is written as blanks, as JD Edwards has it, never as NULL.
UPDATE {{data}}f03012
SET
	aihold = RPAD(COALESCE(:value, ' '), 2),
	aiuser = '{{user}}',
	aipid = 'HOLDFAST',
	aiupmj = TO_NUMBER(TO_CHAR(SYSDATE, 'YYYYDDD')) - 1900000,
	aiupmt = TO_NUMBER(TO_CHAR(SYSDATE, 'HH24MISS'))
WHERE aian8 = TO_NUMBER(:customer)
	AND aico = (SELECT MAX(x.aico) FROM {{data}}f03012 x WHERE x.aian8 = TO_NUMBER(:customer) AND x.aico IN ('00000', :company))
	AND (aihold = CAST(COALESCE(:seen, ' ') AS CHAR(2)) OR (aihold IS NULL AND :seen IS NULL))
	AND aiupmj || '/' || aiupmt = :version
