BEGIN holdfast_set_hold(:company, :customer, :value, :seen, :version); END;
