"""All layers kept up to date while single texts come and go, with the outcome of a full grouping."""
