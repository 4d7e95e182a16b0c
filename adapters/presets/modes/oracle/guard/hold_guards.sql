SELECT t.trigger_name AS name
FROM all_triggers t
WHERE t.status = 'ENABLED' AND t.trigger_name LIKE 'HOLDFAST\_GUARD%' ESCAPE '\'
