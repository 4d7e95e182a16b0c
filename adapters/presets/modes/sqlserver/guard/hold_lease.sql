UPDATE holdfast_lease SET seen_at = CURRENT_TIMESTAMP
