SELECT name
FROM sqlite_master
WHERE type = 'trigger' AND name LIKE 'holdfast_guard%'
ORDER BY name
