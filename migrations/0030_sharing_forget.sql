-- Erasure takes away what an open column still says of the person: whether they agreed, or could.
grant update on disclosure to trellis_app;
