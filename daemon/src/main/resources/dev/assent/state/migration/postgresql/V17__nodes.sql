-- Which node applies a plan, in which of its lives: the name of that life's lease. NULL where the
-- record is one daemon's alone, and where nobody applies the plan.
ALTER TABLE plan ADD COLUMN node bytewise;
