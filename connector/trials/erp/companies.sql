SELECT id, name, base_currency, time_zone FROM company
