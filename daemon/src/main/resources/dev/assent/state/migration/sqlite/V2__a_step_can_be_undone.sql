-- A step that was undone after its change failed is done again: it may be done more than once.
DROP INDEX step_done_once;
